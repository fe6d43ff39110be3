import { type Driver, NotSeen } from './scenario.ts';

const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

/**
 * Presses a button of a page as its reader does: sends the form it stands in.
 *
 * @param button - what is written on it
 */
export const press = (driver: Driver, page: string, button: string): ReturnType<Driver['visit']> => {
  const form = [...page.matchAll(/<form method="post" action="([^"]+)"[^>]*>(.*?)<\/form>/gs)].find(
    ([, , inside = '']) => inside.includes(`>${button}</button>`),
  );
  if (form === undefined) throw new NotSeen(`no button “${button}” on the page`);
  const [, action = '', inside = ''] = form;
  const fields = [...inside.matchAll(/name="([^"]+)" value="([^"]*)"/g)].map(
    ([, name = '', value = '']): [string, string] => [name, unescaped(value)],
  );
  return driver.visit(unescaped(action), Object.fromEntries(fields));
};

/** The client opens the link of a letter, goes to the gateway and pays. @returns the text of the page they come back to */
export const payBy = async (driver: Driver, link: string): Promise<string> => {
  const gateway = await press(driver, (await driver.visit(link)).text, 'Оплатить');
  const back = await press(driver, gateway.text, 'Оплатить');
  return (await press(driver, back.text, 'Назад в магазин · Back to the shop')).text;
};

/** The link to pay that a letter brings. */
export const linkIn = (text: string): string => {
  const [link] = /https?:\S+\/v1\/pay\/[0-9a-f]+/.exec(text) ?? [];
  if (link === undefined) throw new NotSeen('the letter brings no link to pay');
  return link;
};
