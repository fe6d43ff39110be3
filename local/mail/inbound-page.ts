import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../aws/aws-json.ts';
import { type Inbound, largestLetter, NoSuchRecipient, type VerdictName } from './inbound.ts';

const verdictNames: readonly VerdictName[] = ['spam', 'virus', 'spf', 'dkim', 'dmarc'];

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const page = (said: string, domain: string): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>A letter comes</title>
<style>body{font:16px/1.5 system-ui;max-width:44rem;margin:2rem auto;padding:0 1rem}label{display:block;margin:.6rem 0}input,textarea,select{font:inherit;width:100%}textarea{min-height:9rem}output{display:block;background:#eef6ee;padding:.5rem}</style>
<h1>A letter comes</h1>
<p>What is written here is taken in as SES would take it: into the bucket, then to the function. Letters for ${escaped(domain)}.</p>
${said === '' ? '' : `<output>${escaped(said)}</output>`}
<form method="post" action="/_in">
<label>To, as SMTP was told<input name="to" required placeholder="deal+….…@${escaped(domain)}, box+…@${escaped(domain)}"></label>
<label>From<input name="from" required placeholder="Anna &lt;anna@client.example&gt;"></label>
<label>Subject<input name="subject"></label>
<label>In reply to (Message-ID)<input name="inReplyTo"></label>
<label>Text<textarea name="text"></textarea></label>
<label>DMARC<select name="dmarc"><option>PASS<option>FAIL<option>GRAY</select></label>
<label>Or the whole letter, as it stands in an .eml file<textarea name="raw"></textarea></label>
<button>Let it come</button>
</form></html>`;

const oneLine = (text: string): string => text.replace(/[\r\n]+/g, ' ').trim();

/** A letter of the fields of the form. */
const written = (form: URLSearchParams, now: Date): Buffer => {
  const raw = form.get('raw') ?? '';
  if (raw.trim() !== '') return Buffer.from(raw.replace(/\r?\n/g, '\r\n'));
  const field = (name: string) => oneLine(form.get(name) ?? '');
  const encoded = (text: string) => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
  const [, name = '', address = field('from')] = /^(.*)<([^<>]+)>$/.exec(field('from')) ?? [];
  const lines = [
    `From: ${name.trim() === '' ? '' : `${encoded(name.trim())} `}<${address.trim()}>`,
    `To: ${field('to')}`,
    `Subject: ${encoded(field('subject'))}`,
    `Date: ${now.toUTCString()}`,
    `Message-ID: <${now.getTime()}.${Math.random().toString(36).slice(2)}@form.example>`,
    ...(field('inReplyTo') === '' ? [] : [`In-Reply-To: ${field('inReplyTo')}`]),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(form.get('text') ?? '')
      .toString('base64')
      .replace(/(.{76})/g, '$1\r\n'),
    '',
  ];
  return Buffer.from(lines.join('\r\n'));
};

const addressesIn = (text: string): string[] =>
  text
    .split(/[,\s]+/)
    .map((one) => one.replace(/[<>]/g, ''))
    .filter((one) => one.includes('@'));

/**
 * `/_in`: a form for a person; and POST of a whole letter, as it goes over the wire, with its envelope in the query:
 * `?from=&to=&to=&dmarc=FAIL`.
 */
export const inboundPage =
  ({ receive, now, domain }: Inbound & { now(): Date; domain: string }) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const html = (status: number, said: string) =>
      response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(page(said, domain));
    const text = (status: number, said: string) =>
      response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${said}\n`);
    if (request.method !== 'POST') {
      html(200, '');
      return;
    }
    const body = await readBody(request, largestLetter);
    const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
    const form = isForm
      ? new URLSearchParams(body.toString('utf8'))
      : new URL(request.url ?? '/', 'http://localhost').searchParams;
    const raw = isForm ? written(form, now()) : body;
    const verdicts = Object.fromEntries(
      verdictNames.flatMap((name) => (form.get(name) === null ? [] : [[name, String(form.get(name))]])),
    );
    const from = addressesIn(form.get('from') ?? '').at(-1) ?? '';
    try {
      const id = await receive(raw, { from, to: form.getAll('to').flatMap(addressesIn), verdicts });
      if (isForm) html(200, `taken as ${id}`);
      else text(202, id);
    } catch (error) {
      if (!(error instanceof NoSuchRecipient)) throw error;
      if (isForm) html(422, error.message);
      else text(422, error.message);
    }
  };
