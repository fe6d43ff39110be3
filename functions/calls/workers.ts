/** Providers that share a worker, or whose worker is not called by their own name. */
const workers: Readonly<Record<string, string>> = {
  robokassa: 'payments-work',
  cdek: 'delivery-work',
  webhook: 'webhooks',
  'sms-aero': 'sms',
  smsaero: 'sms',
  smsc: 'sms',
  sns: 'sms',
};

/** The function that makes the calls of a provider and acts upon what comes from it. */
export const workerOf = (provider: string): string => workers[provider] ?? provider;

/** The name under which the environment keeps the ARN of a function: `PAYMENTS_WORK_ARN`. */
export const arnVariable = (worker: string): string => `${worker.replaceAll('-', '_').toUpperCase()}_ARN`;

/** The ARN of a provider's worker, which its own wake-ups call. */
export const workerArn = (provider: string): string => {
  const variable = arnVariable(workerOf(provider));
  const arn = process.env[variable];
  if (arn === undefined || arn === '')
    throw new Error(
      `${provider}: its worker is the function "${workerOf(provider)}", and the environment has no ${variable}; name the function among the targets of one-time schedules in infra/notify.ts`,
    );
  return arn;
};
