import { html } from '../../../functions/shared/html.ts';
import type { FaultPlan } from '../faults.ts';
import type { Books } from './books.ts';
import { kopecksIn, leftOf, type Operation, roubles, stateAt } from './operation.ts';
import type { Telling } from './tell.ts';
import { hashOf, openedJwt, openedSeal } from './theirs.ts';

/** What a service answers. */
export type Reply = { readonly status: number; readonly type: string; readonly body: string };

/** Faults of the services that shops call. */
export const serviceFaults = {
  unauthorised: 'a service answers 401',
  'two-operations': 'the state of a payment is answered with code 4: two payments of one number',
  trouble: 'the state of a payment is answered with code 1000',
  'refund-cancelled': 'a refund is taken up, and cancelled an hour later',
  'receipt-failed': 'a final receipt is taken up, and fails at the register',
} as const;

const minute = 60_000;
const hour = 60 * minute;

const json = (body: unknown, status = 200): Reply => ({
  status,
  type: 'application/json',
  body: JSON.stringify(body),
});
const xml = (body: string): Reply => ({
  status: 200,
  type: 'text/xml; charset=utf-8',
  body: `<?xml version="1.0" encoding="utf-8"?>\n${body}`,
});

/** A moment with the seven digits of a second that the gateway writes, in Moscow's time. */
const momentText = (at: number): string =>
  `${new Date(at + 3 * hour).toISOString().replace('Z', '')}4567+03:00`;

const stateAnswer = (code: number, rest = html``): Reply =>
  xml(
    html`<OperationStateResponse xmlns="http://merchant.roboxchange.com/WebService/"><Result><Code>${code}</Code></Result>${rest}</OperationStateResponse>`
      .html,
  );

const found = (operation: Operation, now: number): Reply => {
  const state = stateAt(operation, now);
  const { sum, taken, key, shp, stateAt: since } = operation;
  const isPaid = state >= 20;
  return stateAnswer(
    0,
    html`<State><Code>${state}</Code><RequestDate>${momentText(now)}</RequestDate><StateDate>${momentText(since)}</StateDate></State>
<Info><IncCurrLabel>BankCardPSR</IncCurrLabel><IncSum>${sum}</IncSum><IncAccount>${isPaid ? '220138XXXXXX0013' : ''}</IncAccount><PaymentMethod><Code>BankCard</Code></PaymentMethod><OutCurrLabel>RUB</OutCurrLabel><OutSum>${roubles(taken)}0000</OutSum>${isPaid ? html`<OpKey>${key}</OpKey>` : undefined}</Info>
<UserField>${Object.entries(shp).map(([name, value]) => html`<Field><Name>${name}</Name><Value>${value}</Value></Field>`)}</UserField>`,
  );
};

/** The names of the algorithms in tokens of the invoices' service. */
const algorithmNamed = (name: string): string | undefined =>
  /^(?:MD5|RIPEMD160|SHA(?:1|256|384|512)|HS(?:1|256|384|512))$/.test(name)
    ? name.replace(/^HS/, 'SHA').toLowerCase()
    : undefined;

const peek = (segment = ''): Record<string, unknown> =>
  JSON.parse(Buffer.from(segment, 'base64url').toString('utf8'));

/** The services beside the page of payment. */
export const createServices = (books: Books, telling: Telling, faults: FaultPlan, now: () => number) => {
  const state = (form: URLSearchParams): Reply => {
    const invoice = form.get('InvoiceID') ?? '';
    const shop = books.shop(form.get('MerchantLogin') ?? '');
    if (shop === undefined) return stateAnswer(2);
    const isRight = [shop.live, shop.test].some(
      (pair) =>
        pair !== undefined &&
        hashOf(shop.algorithm, `${shop.login}:${invoice}:${pair.two}`) ===
          form.get('Signature')?.toLowerCase(),
    );
    if (!isRight) return stateAnswer(1);
    const fault = faults.take('two-operations', 'trouble');
    if (fault !== undefined) return stateAnswer(fault === 'trouble' ? 1000 : 4);
    const operation = books.of(shop.login, invoice);
    const skew = faults.take('clock-skew') === undefined ? 0 : hour;
    return operation === undefined ? stateAnswer(3) : found(operation, now() + skew);
  };

  const refund = (token: string): Reply => {
    const no = (message: string) => json({ success: false, message, requestId: null });
    const operation = books.byKey(String(peek(token.split('.')[1]).OpKey));
    if (operation === undefined) return no('OperationNotFound');
    const algorithm = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' }[
      String(peek(token.split('.')[0]).alg)
    ];
    const { three } = operation.shop;
    if (algorithm === undefined || three === undefined || openedJwt(token, algorithm, three) === undefined)
      return no('InvalidSignature');
    const asked = peek(token.split('.')[1]).RefundSum;
    const left = leftOf(operation);
    const kopecks = asked === undefined ? left : Math.round(Number(asked) * 100);
    if (stateAt(operation, now()) !== 100 || !(kopecks > 0) || kopecks > left)
      return no('NotEnoughOperationFunds');
    const cancelled = faults.take('refund-cancelled') !== undefined;
    const id = books.id(`refund ${operation.key} ${operation.refunds.length}`);
    operation.refunds.push({ id, kopecks, at: now(), cancelled });
    books.keep(operation);
    return json({ success: true, message: null, requestId: id });
  };

  const refundState = (id: string): Reply => {
    const one = books
      .operations()
      .flatMap(({ refunds }) => refunds)
      .find((candidate) => candidate.id === id);
    if (one === undefined) return json({ message: 'Refund request is not found' });
    const label = now() < one.at + hour ? 'processing' : one.cancelled ? 'canceled' : 'finished';
    return {
      ...json(0),
      body: `{"requestId":"${id}","amount":${(one.kopecks / 100).toFixed(6)},"label":"${label}"}`,
    };
  };

  const invoice = (body: string): Reply => {
    const no = (message: string) => json({ isSuccess: false, message });
    const token: unknown = JSON.parse(body);
    if (typeof token !== 'string') return no('The body is no quoted token');
    const payload = peek(token.split('.')[1]);
    const shop = books.shop(String(payload.MerchantLogin));
    const algorithm = algorithmNamed(String(peek(token.split('.')[0]).alg));
    const password = payload.IsTest === 1 ? shop?.test?.one : shop?.live.one;
    if (shop === undefined || algorithm === undefined || password === undefined)
      return no('Unknown shop or algorithm');
    if (openedJwt(token, algorithm, `${shop.login}:${password}`) === undefined) return no('Bad signature');
    const url = books.keepInvoice(shop, payload);
    return url === undefined
      ? no('An invoice with this number exists already')
      : json({ isSuccess: true, url });
  };

  const receipt = (body: string, path: 'Attach' | 'Status'): Reply => {
    const claimed = peek(body.split('.')[0]);
    const shop = books.shop(String(claimed.merchantId));
    const right = [shop?.live, shop?.test].some(
      (pair) => pair !== undefined && openedSeal(body, shop?.algorithm ?? '', pair.one) !== undefined,
    );
    if (shop === undefined || !right)
      return json(
        path === 'Attach'
          ? { ResultCode: '1000', ResultDescription: 'Bad signature' }
          : { Code: '1000', Description: 'Bad signature' },
      );
    if (path === 'Attach') {
      const problem = books.keepReceipt(shop, claimed, now(), faults.take('receipt-failed') !== undefined);
      const key = books.of(shop.login, String(claimed.originId))?.key;
      return problem === undefined
        ? json({ ResultCode: '0', ResultDescription: 'ok', OpKey: key })
        : json({ ResultCode: '1000', ResultDescription: problem });
    }
    const kept = books.receipt(shop, String(claimed.id));
    if (kept === undefined) return json({ Code: '1000', Description: 'Not found' });
    if (now() < kept.at + minute) return json({ Code: '1', Description: 'Waiting' });
    if (kept.fails) return json({ Code: '3', Description: 'The register did not take it' });
    return json({
      Code: '2',
      Description: 'Done',
      FnNumber: '9289000100348548',
      FiscalDocumentNumber: kept.number,
      FiscalDocumentAttribute: '207899681',
      FiscalDate: new Date(kept.at).toISOString(),
      FiscalType: null,
    });
  };

  const hold = async (form: URLSearchParams, path: 'Confirm' | 'Cancel'): Promise<Reply> => {
    const text = (body: string, status = 200): Reply => ({ status, type: 'text/plain; charset=utf-8', body });
    const number = form.get('InvoiceID') ?? '';
    const shop = books.shop(form.get('MerchantLogin') ?? '');
    const sum = path === 'Confirm' ? (form.get('OutSum') ?? '') : '';
    const receipted = form.has('Receipt') ? `:${form.get('Receipt')}` : '';
    const wanted =
      shop && hashOf(shop.algorithm, `${shop.login}:${sum}:${number}${receipted}:${shop.live.one}`);
    if (shop === undefined || wanted !== form.get('SignatureValue')?.toLowerCase()) return text('29', 400);
    const operation = books.of(shop.login, number);
    if (operation === undefined || stateAt(operation, now()) !== 20) return text('65', 400);
    const kopecks = path === 'Confirm' ? kopecksIn(sum) : 0;
    if (kopecks === undefined || kopecks > operation.kopecks) return text('31', 400);
    operation.taken = path === 'Confirm' ? kopecks : operation.taken;
    operation.state = path === 'Confirm' ? 100 : 10;
    operation.stateAt = now();
    books.keep(operation);
    if (path === 'Confirm') await telling.paid(operation);
    return text('true');
  };

  return { state, refund, refundState, invoice, receipt, hold };
};
