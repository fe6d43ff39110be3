import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import * as z from 'zod';
import type { Looked, SmsProvider, Taken } from './provider.ts';

/** What SNS is told beside number and text. */
export const SnsAccount = z.object({
  /** 3 to 11 letters and digits, one letter at least; shown only in countries that allow it */
  senderId: z
    .string()
    .regex(/^(?=.*[A-Za-z])[A-Za-z0-9]{3,11}$/)
    .optional(),
  /** US dollars a message; a dearer one is not sent */
  maxPrice: z
    .string()
    .regex(/^\d{1,3}(\.\d{1,5})?$/)
    .optional(),
});
export type SnsAccount = z.infer<typeof SnsAccount>;

let client: SNSClient | undefined;

/** Makes the client anew, for a host that runs one system after another in a process. */
export const forgetSns = (): void => {
  client?.destroy();
  client = undefined;
};

/** What no repeat mends; who mends it. */
const forGood: Readonly<Record<string, string>> = {
  InvalidParameterException: 'SNS does not take this number or text',
  InvalidParameterValueException: 'SNS does not take this number or text',
  ValidationException: 'SNS does not take this number or text',
  OptedOutException: 'this number has told AWS that it wants no messages',
  AuthorizationErrorException: 'this function may not send by SNS: an operator looks at its role',
};

/** Refused before anything was done: SNS says so itself. */
const notNow = new Set(['ThrottledException', 'ThrottlingException', 'Throttling']);

const becameOf = (error: Error): Taken => {
  const why = forGood[error.name];
  if (why !== undefined)
    return {
      as: 'refused',
      problem: why,
      ...(error.name === 'AuthorizationErrorException' ? { account: true as const } : {}),
    };
  return {
    as: 'later',
    problem: `SNS: ${error.name}`,
    sent: notNow.has(error.name) ? 'no' : 'maybe',
  };
};

/**
 * Amazon SNS. It knows no key of ours, and says only that it took a message: what becomes of one is in its delivery log, and a
 * message whose answer was lost cannot be looked for.
 */
export const sns = (account: SnsAccount): SmsProvider => ({
  async send({ number, text }): Promise<Taken> {
    // A repeat of the SDK's own would send a message twice whose answer was lost.
    client ??= new SNSClient({ maxAttempts: 1 });
    const attribute = (DataType: 'String' | 'Number', StringValue: string) => ({ DataType, StringValue });
    try {
      const { MessageId } = await client.send(
        new PublishCommand({
          PhoneNumber: number,
          Message: text,
          MessageAttributes: {
            'AWS.SNS.SMS.SMSType': attribute('String', 'Transactional'),
            ...(account.senderId === undefined
              ? {}
              : { 'AWS.SNS.SMS.SenderID': attribute('String', account.senderId) }),
            ...(account.maxPrice === undefined
              ? {}
              : { 'AWS.SNS.SMS.MaxPrice': attribute('Number', account.maxPrice) }),
          },
        }),
      );
      return MessageId === undefined
        ? { as: 'later', problem: 'SNS answers without an id', sent: 'maybe' }
        : { as: 'taken', id: MessageId, state: 'sent' };
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      return becameOf(error);
    }
  },
  /** Only that it was taken is known. */
  async look(_sms, id): Promise<Looked> {
    return id === undefined
      ? {
          as: 'later',
          problem: 'SNS cannot be asked whether it took a message: a person decides whether to send it again',
        }
      : { as: 'found', id, state: 'sent', said: 'taken; its delivery log knows more' };
  },
});
