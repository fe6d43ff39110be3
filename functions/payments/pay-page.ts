import { printMoney } from '../../schemas/money.ts';
import { readCard } from '../deals/card.ts';
import { clientOf } from '../notify/client.ts';
import { printInstant } from '../notify/render.ts';
import { NotFound } from '../shared/errors.ts';
import { type Html, html } from '../shared/html.ts';
import { theTable } from '../shared/ports.ts';
import type { RawAnswer } from '../shared/raw.ts';
import type { RawCall } from '../shared/serve.ts';
import { clientPage, languageIn } from './page.ts';
import { isPayable, payButton } from './pay-button.ts';
import { linked } from './pointers.ts';
import { isPaid } from './state.ts';

const words = {
  ru: {
    title: 'Оплата',
    sum: 'К оплате',
    what: 'Назначение',
    until: 'Оплатить до',
    pay: 'Оплатить',
    note: 'Оплата проходит на защищённой странице Робокассы.',
    test: 'Это проверка: деньги не списываются.',
    paid: 'Оплачено, спасибо.',
    held: 'Деньги удержаны на карте и ждут подтверждения.',
    gone: 'Ссылка больше не действует. Попросите у вашего менеджера новую.',
    none: 'Такой ссылки нет. Проверьте, что она скопирована целиком.',
  },
  en: {
    title: 'Payment',
    sum: 'To pay',
    what: 'For',
    until: 'Pay before',
    pay: 'Pay',
    note: 'You pay on Robokassa’s protected page.',
    test: 'This is a test: no money is taken.',
    paid: 'It is paid, thank you.',
    held: 'The money is held on your card and waits for confirmation.',
    gone: 'This link is no longer good. Ask your manager for another one.',
    none: 'There is no such link. See that it was copied whole.',
  },
} as const;

/** GET /v1/pay/{token}: what is to be paid, and the button that leads to the gateway; what became of it afterwards. */
export const showPayPage = async ({
  params,
  raw,
  company,
  now,
}: RawCall<'payments.page'>): Promise<RawAnswer> => {
  const language = languageIn(raw.headers['accept-language']);
  const say = words[language];
  const link = await linked(theTable(), params.token);
  const card = link === undefined ? undefined : await cardOf(link.deal);
  const payment = card?.payments.find(({ id, token }) => id === link?.payment && token === params.token);
  if (card === undefined || payment === undefined)
    return clientPage({ language, title: say.title }, html`<h1>${say.title}</h1><p>${say.none}</p>`, 404);
  const pack = company.packs.find(({ id }) => id === payment.pack);
  const about: Html = html`<h1>${pack?.company ?? say.title}</h1><dl><dt>${say.sum}</dt><dd class="sum">${printMoney(payment.amount)}</dd><dt>${say.what}</dt><dd>${payment.description}</dd></dl>`;
  const said = (text: string): RawAnswer =>
    clientPage({ language, title: say.title }, html`${about}<p>${text}</p>`);
  if (isPaid(payment)) return said(say.paid);
  if (payment.held !== undefined) return said(say.held);
  if (!isPayable(payment, now) || pack?.integrations?.robokassa === undefined) return said(say.gone);
  const email = (await clientOf(card.deal, theTable()))?.email;
  const { form, origin } = await payButton(payment, pack, { language, email, label: say.pay });
  const until =
    payment.expiresAt === undefined
      ? undefined
      : html`<p class="note">${say.until} ${printInstant(payment.expiresAt, language, pack.zone)}</p>`;
  return clientPage(
    { language, title: say.title, formsTo: [origin] },
    html`${about}${form}${until}<p class="note">${payment.test ? say.test : say.note}</p>`,
  );
};

const cardOf = async (deal: string) => {
  try {
    return await readCard(theTable(), deal);
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
};
