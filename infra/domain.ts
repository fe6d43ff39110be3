import { CfnApiMapping, CfnDomainName, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { CfnOutput, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { HttpApi } from './api.ts';
import type { Stage } from './stage.ts';

/**
 * The API under a name of the company's own, where the stage has one. The name's CNAME is to point at the output
 * `Target`; the record is the company's to make, wherever its zone is kept.
 */
export const domain = (scope: Construct, stage: Stage, http: HttpApi): void => {
  if (stage.domain === undefined) return;
  const { name, certificate } = stage.domain;
  const made = new CfnDomainName(scope, 'Name', {
    domainName: name,
    domainNameConfigurations: [
      { certificateArn: certificate, endpointType: 'REGIONAL', securityPolicy: 'TLS_1_2' },
    ],
  });
  const mapping = new CfnApiMapping(scope, 'Mapping', {
    apiId: http.id,
    domainName: made.ref,
    stage: '$default',
  });
  // It names the stage without a reference, and is refused before the stage is there.
  for (const one of Stack.of(scope).node.findAll())
    if (one instanceof CfnStage) mapping.addResourceDependency(one);
  new CfnOutput(scope, 'Target', { value: made.attrRegionalDomainName });
};
