import { STSClient } from '@aws-sdk/client-sts';

/** The region of the environment or of the chosen profile; `undefined` where neither names one. */
export const regionOf = async (): Promise<string | undefined> => {
  const client = new STSClient({});
  try {
    return await client.config.region();
  } catch {
    return undefined; // the SDK throws where it finds none
  } finally {
    client.destroy();
  }
};
