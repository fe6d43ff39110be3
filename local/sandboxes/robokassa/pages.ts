import { pageError } from '../../../functions/payments/robokassa/texts.ts';
import { type Html, html } from '../../../functions/shared/html.ts';
import { type Operation, roubles } from './operation.ts';

const style = `body { font: 16px/1.5 system-ui, sans-serif; max-width: 32rem; margin: 3rem auto; padding: 0 1rem }
button { font: inherit; padding: .6rem 1.2rem } form { display: inline-block; margin-right: 1rem }`;

const page = (language: string, title: string, inside: Html): string =>
  html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>${{ html: style }}</style></head><body>${inside}</body></html>
`.html;

const words = {
  ru: {
    title: 'Оплата (песочница Робокассы)',
    pay: 'Оплатить',
    refuse: 'Отказаться',
    invoice: 'Счёт',
    test: 'Тестовый платёж',
  },
  en: {
    title: 'Payment (Robokassa’s sandbox)',
    pay: 'Pay',
    refuse: 'Refuse',
    invoice: 'Invoice',
    test: 'A test payment',
  },
} as const;

const lines = (receipt: unknown): Html[] =>
  ((receipt as { items?: { name: string; sum: number }[] } | undefined)?.items ?? []).map(
    ({ name, sum }) => html`<li>${name}: ${sum.toFixed(2)} ₽</li>`,
  );

/** The page on which the client pays, or does not. */
export const payPage = (operation: Operation, action: string): string => {
  const { language, invoice, kopecks, description, test, receipt, key } = operation;
  const said = words[language];
  const button = (choice: string, title: string) =>
    html`<form method="post" action="${action}"><input type="hidden" name="operation" value="${key}"><input type="hidden" name="choice" value="${choice}"><button>${title}</button></form>`;
  return page(
    language,
    said.title,
    html`<h1>${said.title}</h1>${test ? html`<p><strong>${said.test}</strong></p>` : undefined}
<p>${said.invoice} ${invoice}: ${description}</p><ul>${lines(receipt)}</ul><p><strong>${roubles(kopecks)} ₽</strong></p>
${button('pay', said.pay)}${button('refuse', said.refuse)}`,
  );
};

/** The page with the number of an error. */
export const errorPage = (number: number): string => {
  const said = pageError(number);
  return page(
    'ru',
    `Ошибка ${number}`,
    html`<h1>Ошибка ${number} · Error ${number}</h1><p>${said.ru}</p><p lang="en">${said.en}</p>`,
  );
};

/** A page whose form takes the browser to an address by POST, as shops may have it in the cabinet. */
export const onward = (url: string, fields: Readonly<Record<string, string>>): string =>
  page(
    'ru',
    'Назад в магазин',
    html`<form method="post" action="${url}">${Object.entries(fields).map(
      ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
    )}<button>Назад в магазин · Back to the shop</button></form>`,
  );
