import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { buildApp } from 'fauxqs';

export type Stores = NonNullable<NonNullable<Parameters<typeof buildApp>[0]>['stores']>;
export type S3Store = Stores['s3Store'];
export type SqsStore = Stores['sqsStore'];
export type SqsQueue = ReturnType<SqsStore['createQueue']>;
export type SqsMessage = Parameters<SqsQueue['enqueue']>[0];
/** A stored object, as the package keeps it in a bucket's map. */
export type S3Object = ReturnType<S3Store['getObject']>;

/**
 * Makes the package's empty stores. It takes ready stores, but exports no way to make them, so they are loaded from its
 * files; a release that moves them fails here, at the start.
 */
export const makeStores = async (): Promise<Stores & { createMessage: CreateMessage }> => {
  const manifest = findPackageJSON('fauxqs', import.meta.url);
  if (manifest === undefined) throw new Error('fauxqs is not installed: run npm ci');
  const load = async (file: string): Promise<Record<string, unknown>> =>
    import(/* @vite-ignore */ pathToFileURL(join(dirname(manifest), 'dist', file)).href);
  const [s3, sqs, sns] = await Promise.all(['s3/s3Store.js', 'sqs/sqsStore.js', 'sns/snsStore.js'].map(load));
  const S3Store = s3?.S3Store as new () => S3Store;
  const SqsStore = sqs?.SqsStore as { new (): SqsStore; createMessage: CreateMessage };
  const SnsStore = sns?.SnsStore as new () => Stores['snsStore'];
  return {
    s3Store: new S3Store(),
    sqsStore: new SqsStore(),
    snsStore: new SnsStore(),
    createMessage: SqsStore.createMessage,
  };
};

/** The buckets' maps, which the package declares private: the one place where objects can be made to last. */
export const bucketsOf = (store: S3Store): Map<string, Map<string, S3Object>> => {
  const { buckets } = store as unknown as { buckets: Map<string, Map<string, S3Object>> };
  if (!(buckets instanceof Map))
    throw new Error('fauxqs keeps its buckets elsewhere now: see local/aws/fauxqs.ts');
  return buckets;
};

export type CreateMessage = (body: string, attributes?: SqsMessage['messageAttributes']) => SqsMessage;
