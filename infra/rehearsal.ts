import { CfnResource } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/** What a rehearsal on an emulator asks of the app. */
export type Rehearsal = {
  /** seconds after which every waiting state asks again: nobody else moves an emulator's time */
  readonly patience?: number;
  /** resource types, or `<type>/<Property>`, that the emulator does not know; the rehearsal says so and stands in for them */
  readonly without: readonly string[];
  /** where the other sides of providers answer in their place */
  readonly sandboxes?: string;
  /** where the API is reached, if the emulator's own address of it is none that a program can call */
  readonly publicUrl?: string;
};

/**
 * The rehearsal asked for by the context: `-c voronka:patience=2 -c voronka:without=AWS::Events::Archive,…
 * -c voronka:around=infra/rehearsal-clock.ts -c voronka:sandboxes=http://127.0.0.1:4005
 * -c voronka:publicUrl=http://127.0.0.1:4005`.
 *
 * @throws where a stage that holds real deals is asked for
 */
export const rehearsalOf = (scope: IConstruct): Rehearsal => {
  const context = (key: string): string | undefined => {
    const value: unknown = scope.node.tryGetContext(`voronka:${key}`);
    return value === undefined || value === '' ? undefined : String(value);
  };
  const [patience, without, around] = [context('patience'), context('without'), context('around')];
  const [sandboxes, publicUrl] = [context('sandboxes'), context('publicUrl')];
  const asked = [patience, without, around, sandboxes, publicUrl].some((value) => value !== undefined);
  if (asked && scope.node.tryGetContext('stage') !== 'rehearsal')
    throw new Error(
      'voronka:patience, voronka:without, voronka:around, voronka:sandboxes and voronka:publicUrl belong to a rehearsal; give -c stage=rehearsal with them',
    );
  if (patience !== undefined && !/^[1-9]\d{0,3}$/.test(patience))
    throw new Error(`voronka:patience: "${patience}" given; whole seconds from 1 to 9999 are a patience`);
  return {
    ...(patience === undefined ? {} : { patience: Number(patience) }),
    without: without?.split(',') ?? [],
    ...(sandboxes === undefined ? {} : { sandboxes }),
    ...(publicUrl === undefined ? {} : { publicUrl }),
  };
};

/** Takes resources out of an app or a stack, all of a type or those with a property; nothing left over may refer to one of them. */
export const leaveOut = (scope: IConstruct, without: readonly string[]): void => {
  const wanted = without.map((one) => one.split('/') as [type: string, property?: string]);
  for (const one of scope.node.findAll()) {
    if (!CfnResource.isCfnResource(one)) continue;
    const isOut = wanted.some(
      ([type, property]) =>
        one.cfnResourceType === type &&
        (property === undefined || Reflect.get(one, lowered(property)) !== undefined),
    );
    if (isOut) one.node.scope?.node.tryRemoveChild(one.node.id);
  }
};

const lowered = (property: string): string => property.charAt(0).toLowerCase() + property.slice(1);
