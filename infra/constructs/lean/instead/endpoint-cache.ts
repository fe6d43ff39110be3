/**
 * Stands for `@aws-sdk/endpoint-cache`, with its five packages: DynamoDB's client makes a cache at once, and asks it only
 * where `AWS_ENABLE_ENDPOINT_DISCOVERY` is set, which we never do.
 */
export class EndpointCache {
  getEndpoint(): never {
    throw new Error('endpoint discovery is left out of bundles; unset AWS_ENABLE_ENDPOINT_DISCOVERY');
  }
}
