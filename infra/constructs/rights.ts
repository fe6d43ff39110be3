import { type IPrincipal, PolicyDocument, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Stack, Validations } from 'aws-cdk-lib/core';
// The finding's id is the resource in this flattened form; nag offers no other way to name it.
import { flattenCfnReference } from 'cdk-nag/lib/utils/flatten-cfn-reference.js';
import type { Construct } from 'constructs';

/** Actions on resources. A resource with a star in it has to say why it cannot be named whole. */
export type Right = {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly because?: string;
};

export type RoleProps = {
  readonly roleName?: string;
  readonly trusts: IPrincipal;
  readonly rights: readonly Right[];
};

/** A role that holds exactly `rights`: one inline policy, which nothing in the app can add to later. */
export const role = (scope: Construct, id: string, { roleName, trusts, rights }: RoleProps): Role => {
  const made = new Role(scope, id, {
    ...(roleName === undefined ? {} : { roleName }),
    assumedBy: trusts,
    inlinePolicies: {
      rights: new PolicyDocument({
        statements: rights.map(
          ({ actions, resources }) =>
            new PolicyStatement({ actions: [...actions], resources: [...resources] }),
        ),
      }),
    },
  });
  const stack = Stack.of(scope);
  for (const { resources, because } of rights) {
    for (const resource of resources.map((arn) => flattenCfnReference(stack.resolve(arn)))) {
      if (!resource.includes('*')) continue;
      if (because === undefined) {
        throw new Error(`${made.node.path}: "${resource}" has a star; name the resource or say "because"`);
      }
      Validations.of(made).acknowledge({ id: `AwsSolutions-IAM5[Resource::${resource}]`, reason: because });
    }
  }
  return made;
};
