/** Someone of the demo company who can sign in. */
export type Person = { id: string; name: string; email: string; groups: readonly string[] };

const words = {
  en: {
    title: 'Sign in to the demo company',
    hint: 'Nobody here has a password: pick who you want to be. This page exists on your machine only.',
    token: 'A token for the command line:',
  },
  ru: {
    title: 'Вход в демонстрационную компанию',
    hint: 'Паролей здесь нет: выберите, кем войти. Эта страница есть только на вашем компьютере.',
    token: 'Токен для командной строки:',
  },
} as const;

/** The language a browser asks for first, of those we have. */
export const languageOf = (accept: string | undefined): keyof typeof words =>
  /^\s*ru\b/i.test(accept ?? '') ? 'ru' : 'en';

/**
 * The page on which one picks a person.
 *
 * @param action - where the choice is posted; undefined shows how to get a token instead
 */
export const peoplePage = (
  people: readonly Person[],
  { language, action, issuer }: { language: keyof typeof words; action?: string; issuer: string },
): string => {
  const { title, hint, token } = words[language];
  const rows = people.map((person) => {
    const said = `<b>${escaped(person.name)}</b> <span>${escaped(person.email)}</span> <i>${escaped(person.groups.join(', '))}</i>`;
    const button = `<button name="user" value="${escaped(person.id)}">${said}</button>`;
    const line = `<p>${said}<code>curl -s '${issuer}/demo-token?user=${encodeURIComponent(person.id)}'</code></p>`;
    return action === undefined ? line : button;
  });
  const list =
    action === undefined
      ? `<p>${token}</p>${rows.join('')}`
      : `<form method="post" action="${escaped(action)}">${rows.join('')}</form>`;
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>
body { font: 16px/1.4 system-ui, sans-serif; max-width: 34rem; margin: 3rem auto; padding: 0 1rem; color: #1c2430; background: #fff }
button, form + p, body > p { display: block; width: 100%; box-sizing: border-box; text-align: left; font: inherit }
button { margin: .4rem 0; padding: .7rem 1rem; border: 1px solid #c8d0da; border-radius: .5rem; background: none; color: inherit; cursor: pointer }
button:hover, button:focus-visible { border-color: #2563eb; outline: 2px solid #2563eb33 }
span, i { color: #5b6675 } code { display: block; overflow: auto; padding: .3rem 0; font-size: .85em }
@media (prefers-color-scheme: dark) { body { background: #14181f; color: #e6eaf0 } span, i { color: #9aa5b4 } button { border-color: #3a4452 } }
</style></head>
<body><h1>${title}</h1><p>${hint}</p>${list}</body></html>`;
};

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
