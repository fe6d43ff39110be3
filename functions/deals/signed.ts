import { fromEnv } from '@aws-sdk/credential-provider-env';
import { Sha256 } from '@smithy/core/checksum';
import { HttpRequest } from '@smithy/core/transport';
import { SignatureV4 } from '@smithy/signature-v4';

/** What may be done with one object of a bucket. */
export type Signable = {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  readonly bucket: string;
  readonly key: string;
  /** sent with the request exactly so, or the bucket refuses it */
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly seconds: number;
};

const escaped = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

const regionOf = (): string => process.env.AWS_REGION ?? '';

/** The SDK's own variables come first, so that an emulator is found as by every other client. */
const endpoint = (): URL =>
  new URL(
    process.env.AWS_ENDPOINT_URL_S3 ??
      process.env.AWS_ENDPOINT_URL ??
      `https://s3.${regionOf()}.amazonaws.com${regionOf().startsWith('cn-') ? '.cn' : ''}`,
  );

const signer = new SignatureV4({
  service: 's3',
  region: async () => regionOf(),
  credentials: fromEnv(),
  sha256: Sha256,
  uriEscapePath: false, // S3 alone signs a path as it is sent
  applyChecksum: false,
});

/**
 * An address by which whoever has it may do one thing with one object, as this function's role may.
 *
 * Signed by the SDK's signer without its client of S3, whose shapes, XML and checksums are 95 kB that a function would read
 * before its first answer to do no more than this.
 */
export const signed = async (asked: Signable, signingDate?: Date): Promise<string> => {
  const { protocol, hostname, port, host } = endpoint();
  const request = new HttpRequest({
    method: asked.method,
    protocol,
    hostname,
    ...(port === '' ? {} : { port: Number(port) }),
    path: `/${[asked.bucket, ...asked.key.split('/')].map(escaped).join('/')}`,
    query: { ...asked.query },
    // An address is signed before there is a body.
    headers: { ...asked.headers, host, 'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD' },
  });
  const { path, query } = await signer.presign(request, {
    expiresIn: asked.seconds,
    signableHeaders: new Set(['host', ...Object.keys(asked.headers ?? {})]),
    ...(signingDate === undefined ? {} : { signingDate }),
  });
  const parts = Object.entries(query ?? {}).map(
    ([name, value]) => `${escaped(name)}=${escaped(String(value))}`,
  );
  return `${protocol}//${host}${path}?${parts.join('&')}`;
};
