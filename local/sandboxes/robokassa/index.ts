import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../../aws/aws-json.ts';
import { connectionFaults, failsAsPlanned } from '../failing.ts';
import { faultPlan } from '../faults.ts';
import { type Sandbox, type SandboxContext, withFaults } from '../sandbox.ts';
import { createBooks } from './books.ts';
import { kopecksIn, type Operation, roubles, stateAt } from './operation.ts';
import { errorPage, onward, payPage } from './pages.ts';
import { createServices, type Reply, serviceFaults } from './services.ts';
import { createTelling, tellingFaults } from './tell.ts';
import { shopsIn, signatureOfWord, wantedOfRequest } from './theirs.ts';

/** Robokassa's sandbox, with what it holds for whoever looks at it from a test. */
export type RobokassaSandbox = Sandbox & {
  /** payments whose page was opened, newest first */
  readonly operations: () => readonly Operation[];
  /** final receipts, as they came */
  readonly receipts: () => readonly unknown[];
  /** Pays as the client would whose browser has the page open. @returns where the browser is sent */
  readonly pay: (pack: string, invoice: number) => Promise<string>;
};

const words: Readonly<Record<number, string>> = {
  5: 'opened',
  10: 'cancelled',
  20: 'held',
  60: 'returned',
  100: 'paid',
};

/** The other side of Robokassa's protocol. What the shop would have entered in the cabinet are the addresses of the API. */
export const createRobokassa = (on: SandboxContext): RobokassaSandbox => {
  const { clock, state, secret, publicUrl, ownUrl } = on;
  const now = () => clock.now().getTime();
  const faults = faultPlan({ ...connectionFaults, ...serviceFaults, ...tellingFaults });
  const books = createBooks(() => shopsIn(secret('robokassa')), ownUrl, state);
  const telling = createTelling(on, faults, books.keep);
  for (const operation of books.operations()) telling.resume(operation);
  const services = createServices(books, telling, faults, now);

  const page = (body: string, status = 200): Reply => ({ status, type: 'text/html; charset=utf-8', body });
  const failed = (number: number): Reply => page(errorPage(number), 400);

  /** An address the browser is sent to, if the request names one of its own. */
  const address = (given: URLSearchParams, name: string) => {
    const url = given.get(name);
    return url === null ? undefined : { url, method: given.get(`${name}Method`) ?? 'GET' };
  };

  /** Opens the page of a payment, if all that the request says is right. */
  const open = (given: URLSearchParams): Reply => {
    const shop = books.shop(given.get('MerchantLogin') ?? '');
    if (shop === undefined) return failed(26);
    const test = given.get('IsTest') === '1';
    const pair = test ? shop.test : shop.live;
    if (
      pair === undefined ||
      wantedOfRequest(given, shop.algorithm, pair.one) !== given.get('SignatureValue')?.toLowerCase()
    )
      return failed(29);
    const invoice = given.get('InvId') || String(1_000_000_000 + books.operations().length);
    if (!/^[1-9]\d{0,18}$/.test(invoice)) return failed(30);
    const sum = given.get('OutSum') ?? '';
    const kopecks = kopecksIn(sum);
    if (kopecks === undefined || kopecks === 0) return failed(31);
    const encoded = given.get('Receipt');
    const receipt: unknown = encoded === null ? undefined : JSON.parse(decodeURIComponent(encoded));
    const known = books.of(shop.login, invoice);
    if (known !== undefined && known.state !== 5) return failed(40);
    const operation: Operation = {
      shop,
      test,
      invoice,
      sum,
      kopecks,
      description: given.get('Description') ?? '',
      email: given.get('Email') ?? '',
      language: given.get('Culture') === 'ru' ? 'ru' : 'en',
      shp: Object.fromEntries([...given].filter(([name]) => /^shp_/i.test(name))),
      receipt,
      hold: given.get('StepByStep') === 'true',
      until: given.has('ExpirationDate') ? Date.parse(given.get('ExpirationDate') ?? '') : undefined,
      noticeTo: given.get('ResultUrl2') ?? undefined,
      success: address(given, 'SuccessUrl2'),
      fail: address(given, 'FailUrl2'),
      key: `${books.id(`${shop.login} ${invoice}`)}-1NvHQWRwf`,
      openedAt: known?.openedAt ?? now(),
      state: 5,
      stateAt: known?.stateAt ?? now(),
      taken: kopecks,
      refunds: [],
      due: [],
      told: [],
    };
    if (stateAt(operation, now()) === 10) return failed(33);
    books.keep(operation);
    return page(payPage(operation, `${ownUrl()}/Merchant/Pay`));
  };

  /** Where the browser goes with what. */
  const back = (operation: Operation, isPaid: boolean) => {
    const { sum, invoice, language, shp, shop, test } = operation;
    const password = (test ? shop.test : shop.live)?.one ?? '';
    const to = (isPaid ? operation.success : operation.fail) ?? {
      url: `${publicUrl()}/v1/pay/${isPaid ? 'success' : 'fail'}`,
      method: 'GET',
    };
    const fields = {
      OutSum: sum,
      InvId: invoice,
      ...(isPaid ? { SignatureValue: signatureOfWord(sum, invoice, shp, shop.algorithm, password) } : {}),
      Culture: language,
      ...(test ? { IsTest: '1' } : {}),
      ...shp,
    };
    return { ...to, fields };
  };

  const pay = async (operation: Operation): Promise<void> => {
    operation.state = operation.hold ? 20 : 100;
    operation.stateAt = now();
    books.keep(operation);
    await (operation.hold ? telling.held(operation) : telling.paid(operation));
  };

  const linkOf = ({ url, fields }: ReturnType<typeof back>) => `${url}?${new URLSearchParams(fields)}`;

  /** A button on the page was pressed. */
  const press = async (form: URLSearchParams): Promise<Reply & { location?: string }> => {
    const operation = books.byKey(form.get('operation') ?? '');
    if (operation === undefined) return failed(53);
    const state = stateAt(operation, now());
    if (state !== 5) return failed(state === 10 ? 33 : 40);
    const isPaid = form.get('choice') === 'pay';
    if (isPaid) await pay(operation);
    const going = back(operation, isPaid);
    if (going.method === 'POST') return page(onward(going.url, going.fields));
    return { ...page('', 302), location: linkOf(going) };
  };

  /** The page of an invoice that the shop had made. */
  const invoicePage = (key: string): Reply => {
    const invoice = books.invoice(key);
    const shop = books.shop(invoice?.login ?? '');
    if (invoice === undefined || shop === undefined) return failed(53);
    const { payload } = invoice;
    const isTest = payload.IsTest === 1;
    const given = new URLSearchParams({
      MerchantLogin: shop.login,
      OutSum: roubles(Math.round(Number(payload.OutSum) * 100)),
      InvId: String(payload.InvId),
      Description: String(payload.Description ?? ''),
      Culture: String(payload.Culture ?? 'ru'),
      ...(isTest ? { IsTest: '1' } : {}),
      ...(payload.UserFields as Record<string, string> | undefined),
    });
    given.set(
      'SignatureValue',
      wantedOfRequest(given, shop.algorithm, (isTest ? shop.test : shop.live)?.one ?? ''),
    );
    return open(given);
  };

  const reply = (method: string, url: URL, body: string): Reply | Promise<Reply & { location?: string }> => {
    const { pathname, searchParams } = url;
    const form = () => (method === 'POST' ? new URLSearchParams(body) : searchParams);
    const [, key] = /^\/Merchant\/Invoice\/([\w-]+)$/.exec(pathname) ?? [];
    if (key !== undefined) return invoicePage(key);
    switch (`${method} ${pathname}`) {
      case 'GET /Merchant/Index.aspx':
      case 'POST /Merchant/Index.aspx':
        return open(form());
      case 'POST /Merchant/Pay':
        return press(form());
      case 'GET /Merchant/WebService/Service.asmx/OpStateExt':
      case 'POST /Merchant/WebService/Service.asmx/OpStateExt':
        return services.state(form());
      case 'POST /Merchant/Payment/Confirm':
        return services.hold(form(), 'Confirm');
      case 'POST /Merchant/Payment/Cancel':
        return services.hold(form(), 'Cancel');
      case 'POST /RefundService/Refund/Create':
        return services.refund(body);
      case 'GET /RefundService/Refund/GetState':
        return services.refundState(searchParams.get('id') ?? '');
      case 'POST /InvoiceServiceWebApi/api/CreateInvoice':
        return services.invoice(body);
      case 'POST /RoboFiscal/Receipt/Attach':
        return services.receipt(body, 'Attach');
      case 'POST /RoboFiscal/Receipt/Status':
        return services.receipt(body, 'Status');
      case 'GET /_operations':
        return { status: 200, type: 'application/json', body: JSON.stringify(inspection()) };
      default:
        return page(`Robokassa's sandbox has no ${method} ${pathname}`, 404);
    }
  };

  /** What it was told, without the shop's passwords. */
  const inspection = () => ({
    operations: books.operations().map(({ shop, ...operation }) => ({ ...operation, shop: shop.login })),
    receipts: books.receipts(),
  });

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (failsAsPlanned(faults, request, response)) return;
    const url = new URL(request.url ?? '/', 'http://sandbox');
    const isService = !/^\/Merchant\/(?:Index\.aspx|Pay|Invoice\/)|^\/_/.test(url.pathname);
    const body = (await readBody(request, 1_048_576)).toString('utf8');
    const given: Reply & { location?: string } =
      isService && faults.take('unauthorised') !== undefined
        ? { status: 401, type: 'text/plain', body: 'Unauthorized' }
        : await reply(request.method ?? 'GET', url, body);
    response
      .writeHead(given.status, {
        'content-type': given.type,
        ...(given.location === undefined ? {} : { location: given.location }),
      })
      .end(given.body);
  };

  const opened = (pack: string, invoice: string): Operation => {
    const found = books.operations().find((one) => one.shop.pack === pack && one.invoice === invoice);
    if (found === undefined)
      throw new RangeError(
        `${pack}/${invoice}: nobody has opened the page of this payment; opened are ${
          books
            .operations()
            .map((one) => `${one.shop.pack}/${one.invoice}`)
            .join(', ') || 'none'
        }`,
      );
    if (stateAt(found, now()) !== 5)
      throw new RangeError(`${pack}/${invoice}: its state is ${stateAt(found, now())}; 5 can be paid`);
    return found;
  };
  const payNow = async (pack: string, invoice: string): Promise<string> => {
    const operation = opened(pack, invoice);
    await pay(operation);
    return linkOf(back(operation, true));
  };

  return {
    name: 'robokassa',
    title: 'Robokassa: payments',
    handler: (request, response) => {
      answer(request, response).catch((error: unknown) => {
        response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8' }).end(String(error));
      });
    },
    faults,
    holds: () => [
      {
        title: 'Payments',
        columns: ['shop', 'invoice', 'sum', 'for', 'state', 'refunds', 'told'],
        rows: books
          .operations()
          .map((one) => [
            one.shop.login,
            one.invoice,
            `${roubles(one.taken)} ₽${one.test ? ' (test)' : ''}`,
            one.description,
            words[stateAt(one, now())] ?? String(stateAt(one, now())),
            one.refunds.map(({ kopecks }) => roubles(kopecks)).join(', '),
            one.told.map(({ what, status, text }) => `${what}: ${status} ${text.slice(0, 30)}`).join('; '),
          ]),
        commands: books
          .operations()
          .map((one) =>
            stateAt(one, now()) === 5
              ? [{ title: 'Pay', command: { pay: one.invoice, pack: one.shop.pack } }]
              : [],
          ),
      },
      {
        title: 'Final receipts',
        columns: ['receipt'],
        rows: books.receipts().map(({ body }) => [JSON.stringify(body)]),
      },
    ],
    command: withFaults(faults, (given) => {
      if (given.pay === undefined || given.pack === undefined)
        throw new RangeError(
          `${JSON.stringify(given)}: give { fault, times }, { clear: true } or { pay: <invoice>, pack: <pack> }`,
        );
      return payNow(String(given.pack), String(given.pay)).then((location) => ({ location }));
    }),
    operations: () => books.operations(),
    receipts: () => books.receipts().map(({ body }) => body),
    pay: (pack, invoice) => payNow(pack, String(invoice)),
  };
};
