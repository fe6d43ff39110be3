import type { FaultPlan } from '../faults.ts';
import type { SandboxContext } from '../sandbox.ts';
import { type Operation, roubles } from './operation.ts';
import { noticeOf, signatureOfWord } from './theirs.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** After how long a notification is given again that was not answered `OK`: the sandbox's own, the gateway publishes none. */
const again = [minute, 5 * minute, 15 * minute, hour, 3 * hour, 6 * hour, 12 * hour, day];
/** At most five times more, a signed one. */
const noticeAgain = [minute, 5 * minute, 15 * minute, hour, 3 * hour];

/** What is done to the notifications of one payment, by words of the fault plan. */
export const tellingFaults = {
  twice: 'the notification comes twice at the same time',
  late: 'the notification comes an hour later',
  never: 'no notification comes: only asking for the state tells',
  'wrong-signature': 'the notification comes with a wrong signature first, and rightly a minute later',
  forged: 'somebody sends a notification of another amount before the right one',
  reordered: 'the browser is back first, then comes the signed notification, then the plain one',
  replayed: 'the same notification comes again a day later',
  'clock-skew': 'moments of the gateway are an hour ahead',
} as const;

/** The fields of a notification, as they are posted. */
const fieldsOf = (operation: Operation, sum: string, password: string): Record<string, string> => {
  const { invoice, shp, shop, test, email } = operation;
  const given = kopecksText(operation);
  return {
    OutSum: sum,
    InvId: invoice,
    Fee: test ? '0.0' : (Number(given) * 0.035).toFixed(6),
    ...(test ? { IsTest: '1' } : { EMail: email }),
    SignatureValue: signatureOfWord(sum, invoice, shp, shop.algorithm, password).toUpperCase(),
    PaymentMethod: 'BankCard',
    IncCurrLabel: 'BankCardPSR',
    IncSum: sum,
    ...shp,
    out_summ: sum,
    inv_id: invoice,
    crc: signatureOfWord(sum, invoice, shp, shop.algorithm, password).toUpperCase(),
  };
};

const kopecksText = ({ taken }: Operation): string => roubles(taken);
/** Six decimals, as the gateway writes what was paid. */
const sumText = (operation: Operation): string => `${kopecksText(operation)}0000`;

export const createTelling = (
  { clock, publicUrl, send }: Pick<SandboxContext, 'clock' | 'publicUrl' | 'send'>,
  faults: FaultPlan,
) => {
  const now = () => clock.now().getTime();
  const post = async (operation: Operation, what: string, url: string, type: string, body: string) => {
    const answer = await send(url, { method: 'POST', headers: { 'content-type': type }, body });
    operation.told.push({ what, at: now(), status: answer.status, text: answer.text.slice(0, 200) });
    return answer;
  };
  const passwordOf = ({ shop, test }: Operation) => (test ? (shop.test?.two ?? '') : shop.live.two);
  const result = (operation: Operation, sum = sumText(operation), password = passwordOf(operation)) =>
    post(
      operation,
      'result',
      `${publicUrl()}/v1/webhooks/robokassa/${operation.shop.pack}/result`,
      'application/x-www-form-urlencoded',
      new URLSearchParams(fieldsOf(operation, sum, password)).toString(),
    );

  /** Until it is answered `OK` and the number. */
  const tell = async (operation: Operation, repeats = again): Promise<void> => {
    const { text } = await result(operation);
    const [wait, ...rest] = repeats;
    if (text !== `OK${operation.invoice}` && wait !== undefined)
      clock.at(now() + wait, () => void tell(operation, rest));
  };

  const notice = async (
    operation: Operation,
    state: 'OK' | 'HOLD',
    skewMs = 0,
    repeats = noticeAgain,
  ): Promise<void> => {
    if (operation.test) return; // test payments are told of by the plain notification alone
    const { shop, invoice, key } = operation;
    const payload = {
      header: {
        type: 'PaymentStateNotification',
        version: '1.0.0',
        timestamp: String(Math.floor((now() + skewMs) / 1000)),
      },
      data: {
        shop: shop.login,
        opKey: key,
        invId: invoice,
        paymentMethod: 'BankCard',
        incSum: kopecksText(operation),
        state,
      },
    };
    const url = operation.noticeTo ?? `${publicUrl()}/v1/webhooks/robokassa/${shop.pack}/result2`;
    const { status } = await post(operation, 'notice', url, 'application/json', noticeOf(payload));
    const [wait, ...rest] = repeats;
    if ((status < 200 || status > 299) && wait !== undefined)
      clock.at(now() + wait, () => void notice(operation, state, skewMs, rest));
  };

  return {
    /** The money is there: tells the shop, in the way somebody commanded. */
    paid: async (operation: Operation): Promise<void> => {
      const fault = faults.take(...Object.keys(tellingFaults)) as keyof typeof tellingFaults | undefined;
      const later = (wait: number, then: () => Promise<unknown>) => {
        clock.at(now() + wait, () => void then());
      };
      const both = () => Promise.all([tell(operation), notice(operation, 'OK')]);
      switch (fault) {
        case undefined:
          await both();
          break;
        case 'twice':
          await Promise.all([both(), both()]);
          break;
        case 'late':
          later(hour, both);
          break;
        case 'never':
          break;
        case 'wrong-signature':
          await result(operation, sumText(operation), 'not the password');
          later(minute, both);
          break;
        case 'forged':
          await result(operation, '1.000000', 'not the password');
          await both();
          break;
        case 'reordered':
          later(minute, async () => {
            await notice(operation, 'OK');
            await tell(operation);
          });
          break;
        case 'replayed':
          await both();
          later(day, () => Promise.all([result(operation), notice(operation, 'OK', -day)]));
          break;
        case 'clock-skew':
          await Promise.all([tell(operation), notice(operation, 'OK', hour)]);
          break;
        default:
          fault satisfies never;
      }
    },
    /** The money is held: only the signed notification says so. */
    held: (operation: Operation): Promise<void> => notice(operation, 'HOLD'),
  };
};

export type Telling = ReturnType<typeof createTelling>;
