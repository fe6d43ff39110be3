/** The account and region that a template runs in on one machine. */
export const place = { account: '000000000000', region: 'eu-central-1' } as const;

/** `arn:aws:<service>:eu-central-1:000000000000:<rest>` */
export const arn = (service: string, rest: string): string =>
  `arn:aws:${service}:${place.region}:${place.account}:${rest}`;
