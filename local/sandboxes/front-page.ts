import { type Html, html } from '../../functions/shared/html.ts';
import type { Held, Offer, Sandbox } from './sandbox.ts';

const style = `
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; color: #1c1c1c }
section { border: 1px solid #ccc; border-radius: .5rem; padding: 0 1.25rem 1.25rem; margin: 1.5rem 0 }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .2rem .6rem .2rem 0; border-bottom: 1px solid #eee; vertical-align: top }
form { display: inline-block; margin: .15rem .4rem .15rem 0 } button, select, input { font: inherit; max-width: 100% }
.none { color: #777 }
`;

const form = (action: string, inside: Html): Html =>
  html`<form method="post" action="${action}">${inside}</form>`;

const offer = (action: string, { title, command }: Offer): Html =>
  form(
    action,
    html`${Object.entries(command).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}<button>${title}</button>`,
  );

const list = (action: string, { title, columns, rows, commands }: Held): Html => html`<h3>${title}</h3>
${
  rows.length === 0
    ? html`<p class="none">Nothing yet</p>`
    : html`<table><tr>${columns.map((column) => html`<th>${column}</th>`)}</tr>
${rows.map(
  (row, at) =>
    html`<tr>${row.map((value) => html`<td>${value}</td>`)}${
      commands === undefined
        ? undefined
        : html`<td>${(commands[at] ?? []).map((one) => offer(action, one))}</td>`
    }</tr>
`,
)}</table>`
}
`;

const faults = (action: string, { known, planned }: Sandbox['faults']): Html => {
  const waiting = planned();
  return html`<h3>Fail on command</h3>
${form(
  action,
  html`<select name="fault">${Object.entries(known).map(
    ([word, text]) => html`<option value="${word}">${word}: ${text}</option>`,
  )}</select> <input name="times" value="1" size="6" aria-label="how many times, or always"> times <button>Plan it</button>`,
)}
${
  waiting.length === 0
    ? html`<p class="none">No fault is planned</p>`
    : html`<p>Planned: ${waiting
        .map(({ fault, left }) => `${fault} × ${left === Number.POSITIVE_INFINITY ? 'always' : left}`)
        .join(
          ', ',
        )} ${form(action, html`<input type="hidden" name="clear" value="true"><button>Clear</button>`)}</p>`
}`;
};

/** The page of all sandboxes: what each holds and what it can be told to do, by forms alone. */
export const frontPage = (sandboxes: readonly Sandbox[], url: string): string =>
  html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Sandboxes</title><style>${{ html: style }}</style></head><body>
<h1>Sandboxes</h1>
<p>The other side of each provider, on this machine. Nothing leaves it.</p>
${sandboxes.map((sandbox) => {
  const action = `${url}/${sandbox.name}/_command`;
  return html`<section id="${sandbox.name}"><h2>${sandbox.title}</h2>
${sandbox.holds().map((held) => list(action, held))}
${faults(action, sandbox.faults)}
</section>`;
})}
</body></html>
`.html;
