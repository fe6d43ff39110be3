import { BlockPublicAccess, Bucket, BucketEncryption, HttpMethods } from 'aws-cdk-lib/aws-s3';
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Stage } from './stage.ts';

/** Files of deals, under `files/`, and letters as they came, under `mail/`; people put and fetch them by presigned links, never through a function. */
export const files = (scope: Construct, stage: Stage): Bucket => {
  const bucket = new Bucket(scope, 'Files', {
    encryption: BucketEncryption.S3_MANAGED,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    versioned: true,
    cors: [
      {
        allowedMethods: [HttpMethods.GET, HttpMethods.PUT],
        allowedOrigins: [...stage.origins],
        allowedHeaders: ['content-type', 'if-none-match'],
        maxAge: 3600,
      },
    ],
    lifecycleRules: [
      { abortIncompleteMultipartUploadAfter: Duration.days(7) },
      { noncurrentVersionExpiration: Duration.days(90) },
      // What belongs to a deal was put beside it; the rest is spam, or was never decided about.
      ...['mail/', 'files/intake/'].map((prefix) => ({
        prefix,
        expiration: Duration.days(90),
        noncurrentVersionExpiration: Duration.days(1),
      })),
    ],
    removalPolicy: stage.prod ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason:
      'Every link is signed by the deals function; the access log of the API has who asked for which file.',
  });
  return bucket;
};
