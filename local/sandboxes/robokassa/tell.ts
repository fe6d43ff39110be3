import type { FaultPlan } from '../faults.ts';
import type { SandboxContext } from '../sandbox.ts';
import { type Due, type Operation, roubles } from './operation.ts';
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
  save: (operation: Operation) => void,
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

  const notice = (operation: Operation, state: 'OK' | 'HOLD', skewMs: number) => {
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
    return post(operation, 'notice', url, 'application/json', noticeOf(payload));
  };

  /** What is due is kept until it was answered: a host that is killed meanwhile gives it again. */
  const owe = (operation: Operation, due: Due) => {
    operation.due.push(due);
    save(operation);
    return due;
  };

  const give = async (operation: Operation, due: Due): Promise<void> => {
    const { tell, tries } = due;
    const { status, text } =
      tell === 'result' ? await result(operation) : await notice(operation, due.state, due.skewMs);
    const isTaken = tell === 'result' ? text === `OK${operation.invoice}` : status >= 200 && status <= 299;
    const wait = tries === undefined ? undefined : (tell === 'result' ? again : noticeAgain)[tries];
    operation.due.splice(operation.due.indexOf(due), 1);
    if (isTaken || tries === undefined || wait === undefined) return save(operation);
    arm(operation, owe(operation, { ...due, at: now() + wait, tries: tries + 1 }));
  };

  const arm = (operation: Operation, due: Due): void => {
    clock.at(due.at, () => void give(operation, due));
  };

  type Asked = Pick<Due, 'tell'> & Partial<Due>;
  /** What is to be told of it, of which test payments know the plain one alone. */
  const owed = (operation: Operation, wait: number, asked: readonly Asked[]): Due[] =>
    asked
      .filter(({ tell }) => tell === 'result' || !operation.test)
      .map((due) => owe(operation, { at: now() + wait, state: 'OK', skewMs: 0, tries: 0, ...due }));
  const tell = async (operation: Operation, asked: readonly Asked[]): Promise<void> => {
    await Promise.all(owed(operation, 0, asked).map((due) => give(operation, due)));
  };
  const later = (operation: Operation, wait: number, asked: readonly Asked[]): void => {
    for (const due of owed(operation, wait, asked)) arm(operation, due);
  };
  const both: readonly Asked[] = [{ tell: 'result' }, { tell: 'notice' }];

  return {
    /** The money is there: tells the shop, in the way somebody commanded. */
    paid: async (operation: Operation): Promise<void> => {
      const fault = faults.take(...Object.keys(tellingFaults)) as keyof typeof tellingFaults | undefined;
      switch (fault) {
        case undefined:
          await tell(operation, both);
          break;
        case 'twice':
          await tell(operation, [...both, ...both]);
          break;
        case 'late':
          later(operation, hour, both);
          break;
        case 'never':
          break;
        case 'wrong-signature':
          await result(operation, sumText(operation), 'not the password');
          later(operation, minute, both);
          break;
        case 'forged':
          await result(operation, '1.000000', 'not the password');
          await tell(operation, both);
          break;
        case 'reordered':
          later(operation, minute, [{ tell: 'notice' }]);
          later(operation, minute + 1_000, [{ tell: 'result' }]);
          break;
        case 'replayed':
          await tell(operation, both);
          later(operation, day, [
            { tell: 'result', tries: undefined },
            { tell: 'notice', tries: undefined, skewMs: -day },
          ]);
          break;
        case 'clock-skew':
          await tell(operation, [{ tell: 'result' }, { tell: 'notice', skewMs: hour }]);
          break;
        default:
          fault satisfies never;
      }
    },
    /** The money is held: only the signed notification says so. */
    held: (operation: Operation): Promise<void> => tell(operation, [{ tell: 'notice', state: 'HOLD' }]),
    /** Goes on with what was due when the host stopped. */
    resume: (operation: Operation): void => {
      for (const due of operation.due) arm(operation, due);
    },
  };
};

export type Telling = ReturnType<typeof createTelling>;
