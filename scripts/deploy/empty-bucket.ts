import { DeleteObjectsCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';

/** Removes every version of every object, since a bucket that holds something cannot be removed. @returns how many */
export const emptyBucket = async (bucket: string, region: string): Promise<number> => {
  const client = new S3Client({
    region,
    maxAttempts: 4,
    forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined,
  });
  let removed = 0;
  try {
    for (;;) {
      const { Versions = [], DeleteMarkers = [] } = await client.send(
        new ListObjectVersionsCommand({ Bucket: bucket }),
      );
      const objects = [...Versions, ...DeleteMarkers].flatMap(({ Key, VersionId }) =>
        Key === undefined ? [] : [{ Key, ...(VersionId === undefined ? {} : { VersionId }) }],
      );
      if (objects.length === 0) return removed;
      const { Errors = [] } = await client.send(
        new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: objects, Quiet: true } }),
      );
      const [first] = Errors;
      if (first !== undefined) throw new Error(`${bucket}/${first.Key}: ${first.Code} ${first.Message}`);
      removed += objects.length;
    }
  } finally {
    client.destroy();
  }
};
