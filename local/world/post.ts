import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';

const Content = z.looseObject({ Data: z.string() });
const SendEmail = z.looseObject({
  FromEmailAddress: z.string(),
  ReplyToAddresses: z.array(z.string()).default([]),
  EmailTags: z.array(z.object({ Name: z.string(), Value: z.string() })).default([]),
  Destination: z.object({ ToAddresses: z.array(z.string()) }),
  Content: z.object({
    Simple: z.object({
      Subject: Content,
      Body: z.object({ Text: Content, Html: Content }),
      Headers: z.array(z.object({ Name: z.string(), Value: z.string() })).default([]),
      Attachments: z
        .array(z.object({ FileName: z.string(), ContentType: z.string(), RawContent: z.string() }))
        .default([]),
    }),
  }),
});

/** A letter as SES was handed it. */
export type Posted = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** files by name, with what is in them */
  readonly files: Readonly<Record<string, string>>;
};

/** All that SES was asked, as it came by the wire, and the id that it gave the letter. */
export type Asked = z.infer<typeof SendEmail> & { readonly id: string };

/** SES in this process, as far as sending goes: it keeps what it is handed, or refuses it while `refuse` says why. */
export const post = () => {
  const letters: Posted[] = [];
  const all: Asked[] = [];
  let refusal: string | undefined;
  return {
    letters,
    /** the same letters, as they were asked for */
    asked: all,
    /** refuses letters from now on, for good; `undefined` takes them again */
    refuse: (why: string | undefined) => {
      refusal = why;
    },
    handler: async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const answer = (status: number, body: object, headers = {}) =>
        response
          .writeHead(status, { 'content-type': 'application/json', ...headers })
          .end(JSON.stringify(body));
      if (refusal !== undefined) {
        answer(400, { message: refusal }, { 'x-amzn-errortype': 'MessageRejected' });
        return;
      }
      const asked = SendEmail.parse(JSON.parse(Buffer.concat(chunks).toString()));
      const { Destination, Content: given } = asked;
      const id = `ses-${letters.length + 1}`;
      const { Subject, Body, Attachments } = given.Simple;
      all.push({ ...asked, id });
      letters.push({
        to: Destination.ToAddresses.join(', '),
        subject: Subject.Data,
        text: Body.Text.Data,
        files: Object.fromEntries(
          Attachments.map(({ FileName, RawContent }) => [
            FileName,
            Buffer.from(RawContent, 'base64').toString(),
          ]),
        ),
      });
      answer(200, { MessageId: id });
    },
  };
};
