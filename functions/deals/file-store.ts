import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { environment } from '../shared/environment.ts';

/** How long a signed address is good for: an upload of 25 MB over a poor line, a click. */
const putSeconds = 900;
const getSeconds = 300;

let client: S3Client | undefined;

const s3 = (): S3Client => {
  client ??= new S3Client({
    forcePathStyle: true,
    // Otherwise a checksum of an empty body is signed into the address, and the real file is refused.
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  return client;
};

/** Makes the client anew, for a host that runs one system after another in a process. */
export const forgetFileStore = (): void => {
  client?.destroy();
  client = undefined;
};

/** What has to be sent with the PUT beside the length, which every client sends by itself. */
export const putHeaders = (type: string): Record<string, string> => ({
  'content-type': type,
  'if-none-match': '*',
});

/**
 * An address to PUT exactly this file to, once: another type or length is refused by the bucket, and so is a second
 * PUT, by which a file could be exchanged after somebody approved it.
 */
export const linkToPut = (key: string, type: string, size: number): Promise<string> =>
  getSignedUrl(
    s3(),
    new PutObjectCommand({
      Bucket: environment().BUCKET_NAME,
      Key: key,
      ContentType: type,
      ContentLength: size,
      IfNoneMatch: '*',
    }),
    {
      expiresIn: putSeconds,
      signableHeaders: new Set(['host', 'content-type', 'content-length', 'if-none-match']),
    },
  );

/** An address to fetch a file from, saved under its own name and never shown by the browser itself. */
export const linkToGet = (key: string, name: string): Promise<string> =>
  getSignedUrl(
    s3(),
    new GetObjectCommand({
      Bucket: environment().BUCKET_NAME,
      Key: key,
      ResponseContentDisposition: `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      ResponseCacheControl: 'private, no-store',
    }),
    { expiresIn: getSeconds },
  );

// Without a right to list the bucket, S3 says of what is not there that it is forbidden.
const isAbsent = (error: unknown): boolean =>
  error instanceof S3ServiceException &&
  (error.$metadata.httpStatusCode === 404 || error.$metadata.httpStatusCode === 403);

/** What lies in the bucket under a key: its type without parameters, and its length; nothing where nothing was put. */
export const stored = async (key: string): Promise<{ type: string; size: number } | undefined> => {
  try {
    const { ContentType = '', ContentLength = 0 } = await s3().send(
      new HeadObjectCommand({ Bucket: environment().BUCKET_NAME, Key: key }),
    );
    return { type: ContentType.split(';')[0]?.trim() ?? '', size: ContentLength };
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
};

/** Takes a file away; its earlier versions leave the bucket by its own rule. Nothing happens where there is none. */
export const removeFile = async (key: string): Promise<void> => {
  await s3().send(new DeleteObjectCommand({ Bucket: environment().BUCKET_NAME, Key: key }));
};

/** The text of a file that we stored. */
export const readText = async (key: string): Promise<string> => {
  const { Body } = await s3().send(new GetObjectCommand({ Bucket: environment().BUCKET_NAME, Key: key }));
  return (await Body?.transformToString('utf-8')) ?? '';
};

/** Stores a text as a file. */
export const putText = async (key: string, type: string, text: string): Promise<void> => {
  await s3().send(
    new PutObjectCommand({
      Bucket: environment().BUCKET_NAME,
      Key: key,
      ContentType: `${type}; charset=utf-8`,
      Body: text,
    }),
  );
};
