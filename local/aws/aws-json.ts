import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** An error as AWS services put it: its name is what a client switches on. */
export class AwsFault extends Error {
  override readonly name: string;
  readonly status: number;

  constructor(name: string, message: string, status = 400) {
    super(message);
    this.name = name;
    this.status = status;
  }
}

/** Reads a whole request body; a longer one than `maxBytes` is a fault of the caller. */
export const readBody = async (req: IncomingMessage, maxBytes: number): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of req) {
    const bytes = chunk as Buffer;
    length += bytes.length;
    if (length > maxBytes) {
      req.resume(); // lets the caller finish writing, so that it reads the answer
      throw new AwsFault('RequestEntityTooLargeException', `body over ${maxBytes} bytes`, 413);
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
};

/** Parses a JSON body, an empty one as `{}`. */
export const jsonOf = (body: Buffer): unknown => {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (cause) {
    throw Object.assign(new AwsFault('SerializationException', 'the body is no JSON'), { cause });
  }
};

/** Answers in the form of an AWS service; `type` is its JSON content type. */
export const answer = (res: ServerResponse, status: number, body: unknown, type: string): void => {
  const text = JSON.stringify(body);
  res.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(text),
    'x-amzn-requestid': randomUUID(),
  });
  res.end(text);
};

/** Answers with a fault; anything that is not an {@link AwsFault} is ours, and shows nothing of its inside. */
export const answerFault = (res: ServerResponse, error: unknown, type: string): void => {
  const fault =
    error instanceof AwsFault
      ? error
      : new AwsFault('InternalFailure', 'the request could not be processed', 500);
  res.setHeader('x-amzn-errortype', fault.name);
  // Clients differ in which of the two spellings they read.
  answer(res, fault.status, { __type: fault.name, message: fault.message, Message: fault.message }, type);
};
