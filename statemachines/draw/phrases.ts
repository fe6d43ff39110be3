import type {
  Actor,
  ClientStep,
  Due,
  EmailStep,
  Enter,
  Moment,
  Move,
  Notice,
  Rung,
  Span,
  Stage,
  Thread,
  Who,
  Written,
} from '../../schemas/pipeline.ts';
import type { Duration } from '../../schemas/time.ts';
import { sayCondition } from './condition.ts';
import { fieldTitle, messageTitle, pick, quoted, type Reading, titleOf } from './reading.ts';

/** `5 часов`, `2 working days`; a setting's default where no administrator changed it. */
export function saySpan(reading: Reading, span: Span): string {
  if ('unit' in span) return sayDuration(reading, span);
  const setting = reading.pack.settings[span.setting];
  return setting?.type === 'duration' ? sayDuration(reading, setting.value) : span.setting;
}

function sayDuration({ language }: Reading, { unit, amount }: Duration): string {
  const plain = unit.replace(/^work/, '').replace(/s$/, '');
  const said = new Intl.NumberFormat(language, {
    style: 'unit',
    unit: plain,
    unitDisplay: 'long',
  }).format(amount);
  if (!unit.startsWith('work')) return said;
  if (language === 'ru') return `${said} рабочего времени`;
  return language === 'ro' ? `${said} de lucru` : said.replace(' ', ' working ');
}

export function sayWho(reading: Reading, who: Who): string {
  switch (who.who) {
    case 'field': {
      const slot = reading.pipeline.fields[who.field];
      const role =
        slot?.type === 'slot' ? reading.pack.roles.find(({ id }) => id === slot.role)?.title : undefined;
      return role === undefined ? fieldTitle(reading, who.field) : titleOf(reading, role);
    }
    case 'head':
      return who.of === 'responsible'
        ? pick(reading, 'Руководитель', 'Head')
        : pick(
            reading,
            `Руководитель (${fieldTitle(reading, who.of).toLowerCase()})`,
            `Head of the ${fieldTitle(reading, who.of).toLowerCase()}`,
          );
    case 'role': {
      const role = reading.pack.roles.find(({ id }) => id === who.role);
      return role ? titleOf(reading, role.title) : who.role;
    }
    case 'members':
      return pick(reading, 'Участники', 'Members');
    case 'watchers':
      return pick(reading, 'Наблюдатели', 'Watchers');
    case 'setting': {
      const setting = reading.pack.settings[who.setting];
      return setting ? titleOf(reading, setting.title) : who.setting;
    }
    default:
      return who satisfies never;
  }
}

export function sayDue(reading: Reading, due: Due): string {
  switch (due.due) {
    case 'after':
      return pick(reading, `за ${saySpan(reading, due.span)}`, `in ${saySpan(reading, due.span)}`);
    case 'at': {
      const date = quoted(reading, fieldTitle(reading, due.field));
      const before = due.minus
        ? pick(reading, `за ${saySpan(reading, due.minus)} до `, `${saySpan(reading, due.minus)} before `)
        : '';
      const otherwise = due.else
        ? pick(reading, `, без неё ${sayDue(reading, due.else)}`, `, without it ${sayDue(reading, due.else)}`)
        : '';
      return pick(
        reading,
        `${before || 'на дату '}${date}${otherwise}`,
        `${before || 'on '}${date}${otherwise}`,
      );
    }
    case 'by': {
      const field = reading.pipeline.fields[due.field];
      const cases = Object.entries(due.cases).map(([value, one]) => {
        const option = field && 'options' in field ? field.options[value] : undefined;
        const said = option
          ? titleOf(reading, option).toLowerCase()
          : value === 'true'
            ? fieldTitle(reading, due.field).toLowerCase()
            : value;
        return `${said}: ${sayDue(reading, one)}`;
      });
      return `${cases.join('; ')}; ${pick(reading, 'иначе', 'otherwise')} ${sayDue(reading, due.else)}`;
    }
    default:
      return due satisfies never;
  }
}

export function sayMoment(reading: Reading, moment: Moment): string {
  switch (moment.moment) {
    case 'due':
      return pick(reading, 'в срок', 'when due');
    case 'after':
      return pick(
        reading,
        `через ${saySpan(reading, moment.span)}`,
        `after ${saySpan(reading, moment.span)}`,
      );
    case 'before-due':
      return pick(
        reading,
        `за ${saySpan(reading, moment.span)} до срока`,
        `${saySpan(reading, moment.span)} before it is due`,
      );
    case 'after-due':
      return pick(
        reading,
        `через ${saySpan(reading, moment.span)} после срока`,
        `${saySpan(reading, moment.span)} after it was due`,
      );
    case 'at': {
      const date = quoted(reading, fieldTitle(reading, moment.field));
      const otherwise = moment.else
        ? pick(
            reading,
            `, без неё через ${saySpan(reading, moment.else)}`,
            `, without it after ${saySpan(reading, moment.else)}`,
          )
        : '';
      if (moment.plus)
        return pick(
          reading,
          `через ${saySpan(reading, moment.plus)} после ${date}${otherwise}`,
          `${saySpan(reading, moment.plus)} after ${date}${otherwise}`,
        );
      return pick(reading, `в день ${date}${otherwise}`, `on ${date}${otherwise}`);
    }
    case 'morning': {
      const date = quoted(reading, fieldTitle(reading, moment.field));
      const { daysBefore, time } = moment;
      if (daysBefore === 0)
        return pick(reading, `в ${time} в день ${date}`, `at ${time} on the day of ${date}`);
      return pick(
        reading,
        `в ${time} за ${saySpan(reading, { unit: 'days', amount: daysBefore })} до ${date}`,
        `at ${time}, ${saySpan(reading, { unit: 'days', amount: daysBefore })} before ${date}`,
      );
    }
    default:
      return moment satisfies never;
  }
}

/** Whom a step makes a contact. */
export function sayClient(reading: Reading, { name, company }: ClientStep): string {
  const who = quoted(reading, fieldTitle(reading, name));
  return pick(
    reading,
    `Новый клиент (${who}) заносится в контакты${company === undefined ? '' : ', его компания — в компании'}`,
    `A new client (${who}) becomes a contact${company === undefined ? '' : ', theirs a company'}`,
  );
}

/** By which channels in turn: `: SMS, else e-mail`; nothing for a letter that goes by e-mail alone. */
export function sayChannels(reading: Reading, channels: EmailStep['channels']): string {
  if (channels === undefined) return '';
  const names = {
    email: pick(reading, 'письмо', 'e-mail'),
    sms: 'SMS',
    instagram: 'Instagram',
    facebook: 'Facebook',
  };
  return `: ${channels.map((one) => names[one]).join(pick(reading, ', иначе ', ', else '))}`;
}

/** Who is told, and by what beside the app. */
export function sayNotice(reading: Reading, { to, channels }: Notice): string {
  const also = channels
    .filter((channel) => channel !== 'app')
    .map((one) => {
      if (one === 'push') return pick(reading, 'на телефон', 'to the phone');
      return one === 'email' ? pick(reading, 'письмо', 'e-mail') : 'SMS';
    });
  return `${to.map((who) => sayWho(reading, who)).join(', ')}${also.length ? ` (+ ${also.join(', ')})` : ''}`;
}

/** A value of a field as people read it: an option by its title, yes and no. */
const sayValue = (reading: Reading, id: string, value: string | number | boolean): string => {
  if (typeof value === 'boolean') return value ? pick(reading, 'да', 'yes') : pick(reading, 'нет', 'no');
  const field = reading.pipeline.fields[id];
  const option = field !== undefined && 'options' in field ? field.options[String(value)] : undefined;
  return option === undefined ? String(value) : quoted(reading, titleOf(reading, option));
};

/** What is written into a field. */
export const sayWritten = (reading: Reading, id: string, written: Written): string => {
  const title = quoted(reading, fieldTitle(reading, id));
  if ('moment' in written) {
    const { moment } = written;
    if (moment === 'now') return pick(reading, `${title} = время записи`, `${title} = the time of writing`);
    if (moment === 'opening')
      return pick(
        reading,
        `${title} = время записи, а в нерабочее время начало следующего рабочего дня`,
        `${title} = the time of writing, or the next opening after hours`,
      );
    return pick(
      reading,
      `${title} = через ${saySpan(reading, moment)}`,
      `${title} = in ${saySpan(reading, moment)}`,
    );
  }
  if ('expression' in written) return `${title} = ${sayCondition(reading, written.expression)}`;
  return written.value === null
    ? pick(reading, `очистить ${title}`, `empty ${title}`)
    : `${title} = ${sayValue(reading, id, written.value)}`;
};

/** `в срок, если не закрыта: узнают Ответственный, Руководитель`. */
export function sayRung(reading: Reading, { at, tell, mark, set = {} }: Rung): string {
  const told = tell.map((notice) => sayNotice(reading, notice));
  const marked =
    mark === undefined
      ? []
      : [
          mark === 'red'
            ? pick(reading, 'красная', 'marked red')
            : pick(reading, 'отмечена «поздно»', 'marked late'),
        ];
  const written = Object.entries(set).map(([id, one]) => sayWritten(reading, id, one));
  return `${sayMoment(reading, at)} → ${[...told, ...marked, ...written].join('; ')}`;
}

export function sayActors(reading: Reading, by: readonly Actor[]): string {
  const words: Record<Extract<Actor, string>, [string, string]> = {
    responsible: ['ответственный', 'responsible'],
    head: ['руководитель', 'head'],
    initiator: ['инициатор', 'initiator'],
    watcher: ['наблюдатель', 'watcher'],
    anyone: ['любой сотрудник', 'anyone'],
    system: ['система', 'system'],
  };
  const said = by.map((actor) =>
    typeof actor === 'string'
      ? pick(reading, ...words[actor])
      : sayWho(reading, { who: 'role', ...actor }).toLowerCase(),
  );
  return [...new Set(said)].join(', ');
}

/** What begins a thread; empty for one that a step starts. */
export function sayTrigger(reading: Reading, { on }: Thread): string {
  if (on === undefined) return '';
  if (on.event === 'changed')
    return pick(
      reading,
      `когда меняется ${quoted(reading, fieldTitle(reading, on.field))}`,
      `when ${quoted(reading, fieldTitle(reading, on.field))} changes`,
    );
  if (on.event === 'date')
    return pick(
      reading,
      `когда наступит ${quoted(reading, fieldTitle(reading, on.field))}`,
      `when ${quoted(reading, fieldTitle(reading, on.field))} has come`,
    );
  if (on.event === 'became')
    return pick(
      reading,
      `как только ${sayCondition(reading, on.condition)}`,
      `as soon as ${sayCondition(reading, on.condition)}`,
    );
  if (on.event === 'letter') {
    if (on.is === 'received')
      return pick(reading, 'когда пришло письмо по сделке', 'when a letter about the deal has come');
    const file = on.about === undefined ? '' : ` ${quoted(reading, fieldTitle(reading, on.about))}`;
    return on.is === 'sent'
      ? pick(reading, `когда письмо клиенту${file} ушло`, `when a letter to the client${file} has left`)
      : pick(
          reading,
          `когда письмо клиенту${file} не дошло`,
          `when a letter to the client${file} did not arrive`,
        );
  }
  if (on.event === 'message') return pick(reading, 'когда пишет клиент', 'when the client writes');
  const words = {
    payment: ['оплата', 'payment'],
    refund: ['возврат', 'refund'],
    cost: ['расход', 'cost'],
    shipment: ['отгрузка', 'shipment'],
  } as const;
  const [ru, en] = words[on.ledger];
  return pick(reading, `когда записана ${ru}`, `when a ${en} is entered`);
}

/** The file that goes with a letter. */
export const sayAttached = (reading: Reading, { attach }: EmailStep): string =>
  attach === undefined
    ? ''
    : pick(
        reading,
        ` с файлом ${quoted(reading, fieldTitle(reading, attach))}`,
        ` with the file ${quoted(reading, fieldTitle(reading, attach))}`,
      );

/** Who is told of a move undone, each of what is theirs. */
function sayTold(reading: Reading, { tell }: Enter): string {
  const all = tell === undefined ? [] : Array.isArray(tell) ? tell : [{ ...tell, when: undefined }];
  const said = all.map((one) => {
    const when = one.when === undefined ? '' : `${sayCondition(reading, one.when)}: `;
    return `${when}${sayNotice(reading, one)}`;
  });
  return said.length === 0 ? '' : ` → ${said.join('; ')}`;
}

/** An allowed move: where to, who may make it, when, and what it writes. */
export function sayMove(reading: Reading, { to, by, when, stamp }: Move, where: string): string {
  const also = [
    ...(when === undefined
      ? []
      : [pick(reading, `если ${sayCondition(reading, when)}`, `if ${sayCondition(reading, when)}`)]),
    ...(stamp === undefined
      ? []
      : [
          pick(
            reading,
            `записывается ${quoted(reading, fieldTitle(reading, stamp))}`,
            `writes ${quoted(reading, fieldTitle(reading, stamp))}`,
          ),
        ]),
  ];
  const target = to === 'came-from' ? pick(reading, 'откуда пришла', 'where it came from') : where;
  return [`${target} · ${sayActors(reading, by)}`, ...also].join(', ');
}

/** Who alone may change the deal on the stage, and that it is out of sight. */
export function sayStanding(reading: Reading, { editedBy, shelved }: Stage): string[] {
  return [
    ...(editedBy === undefined
      ? []
      : [
          pick(
            reading,
            `Меняет сделку здесь только: ${sayActors(reading, editedBy)}`,
            `Changed here only by: ${sayActors(reading, editedBy)}`,
          ),
        ]),
    ...(shelved
      ? [pick(reading, 'На доске и в общих списках не видна', 'On no board and in no plain list')]
      : []),
  ];
}

/** What has to hold to enter, and who takes the deal. */
export function sayEntry(reading: Reading, { enter }: Stage): string[] {
  if (!enter) return [];
  const required = enter.required?.map((id) => quoted(reading, fieldTitle(reading, id))).join(', ');
  return [
    ...(required ? [pick(reading, `Вход: заполнить ${required}`, `To enter: fill ${required}`)] : []),
    ...(enter.conditions ?? []).map(({ refusal }) =>
      pick(reading, `Вход: ${titleOf(reading, refusal)}`, `To enter: ${titleOf(reading, refusal)}`),
    ),
    ...(enter.release ? [pick(reading, 'Ответственного больше нет', 'Nobody is responsible any more')] : []),
    ...(enter.warn ?? []).map(({ refusal }) =>
      pick(reading, `Предупредит: ${titleOf(reading, refusal)}`, `Warns: ${titleOf(reading, refusal)}`),
    ),
    ...(enter.unmet === 'rollback'
      ? [
          pick(
            reading,
            `Чего-то нет — переход отменяется${sayTold(reading, enter)}`,
            `Where something is missing the move is undone${sayTold(reading, enter)}`,
          ),
        ]
      : []),
    ...(enter.take
      ? [
          pick(
            reading,
            'Кто перевёл сделку, становится ответственным',
            'Whoever moves the deal here becomes responsible',
          ),
        ]
      : []),
  ];
}

export const sayMessage = (reading: Reading, id: string): string =>
  quoted(reading, messageTitle(reading, id));
