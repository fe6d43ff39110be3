import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { App, Stack } from 'aws-cdk-lib/core';
import { expect, test } from 'vitest';
import { role } from './rights.ts';

const trusts = new ServicePrincipal('lambda.amazonaws.com');

test('a resource with a star and no reason is refused', () => {
  const stack = new Stack(new App(), 'Test');
  const rights = [{ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::files/*'] }];

  expect(() => role(stack, 'Role', { trusts, rights })).toThrow(
    'Test/Role: "arn:aws:s3:::files/*" has a star; name the resource or say "because"',
  );
});
