import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { environment } from '../shared/environment.ts';

/** How long a signed address is good for. */
const linkSeconds = 900;

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

/** An address to PUT exactly this file to: another type or length is refused by the bucket. */
export const linkToPut = (key: string, type: string, size: number): Promise<string> =>
  getSignedUrl(
    s3(),
    new PutObjectCommand({
      Bucket: environment().BUCKET_NAME,
      Key: key,
      ContentType: type,
      ContentLength: size,
    }),
    { expiresIn: linkSeconds, signableHeaders: new Set(['host', 'content-type', 'content-length']) },
  );

/** An address to fetch a file from, saved under its own name and never shown by the browser itself. */
export const linkToGet = (key: string, name: string): Promise<string> =>
  getSignedUrl(
    s3(),
    new GetObjectCommand({
      Bucket: environment().BUCKET_NAME,
      Key: key,
      ResponseContentDisposition: `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    }),
    { expiresIn: linkSeconds },
  );

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
