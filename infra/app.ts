import { App, type AppProps, CfnOutput, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { endpointsAt } from '../functions/shared/endpoints.ts';
import { access } from './access.ts';
import { address, api, type Endpoints } from './api.ts';
import { alarmMail, budget } from './budget.ts';
import { bus } from './bus.ts';
import { data } from './data.ts';
import { delivery } from './delivery.ts';
import { domain } from './domain.ts';
import { files } from './files.ts';
import { environmentOf } from './ground.ts';
import type { Machine } from './machines.ts';
import { mail } from './mail.ts';
import { mailIn } from './mail-in.ts';
import { notify, reminders } from './notify.ts';
import { packStack } from './pack.ts';
import { payments } from './payments.ts';
import { leaveOut, type Rehearsal, rehearsalOf } from './rehearsal.ts';
import { reports } from './reports.ts';
import { secrets } from './secrets.ts';
import { sms } from './sms.ts';
import { stageOf } from './stage.ts';
import { watch } from './watch.ts';
import { webhooks } from './webhooks.ts';
import { workflow } from './workflow.ts';

/** What the app is made from: the routes and the compiled stages. */
export type Made = {
  readonly endpoints: Endpoints;
  /** or how to make them as a rehearsal asks for */
  readonly machines: readonly Machine[] | ((given: Rehearsal) => readonly Machine[]);
};

/**
 * The app: the main stack, whose concerns are listed here in the order in which one stands on another, and beside it
 * a stack for the machines of each pack.
 */
export const voronka = ({ endpoints, machines }: Made, props: AppProps): App => {
  const app = new App(props);
  const stage = stageOf(app);
  const rehearsal = rehearsalOf(app);
  const stack = new Stack(app, 'Voronka', {
    stackName: stage.prefix,
    description: 'Sales and service processes of a company',
    terminationProtection: stage.prod,
    tags: { product: 'voronka', stage: stage.name },
  });
  const concern = (name: string): Construct => new Construct(stack, name);

  const apiScope = concern('Api');
  const { publicUrl, made } = address(apiScope, stage);
  const standing = {
    stage,
    publicUrl,
    table: data(concern('Data'), stage),
    files: files(concern('Files'), stage),
    access: access(concern('Access'), stage),
    bus: bus(concern('Messaging'), stage),
    mail: mail(concern('Mail'), stage),
    reminders: reminders(concern('Schedules'), stage),
    secrets: secrets(concern('Secrets'), stage),
  };
  const environment = {
    ...environmentOf(standing),
    ...(rehearsal.sandboxes === undefined ? {} : endpointsAt(rehearsal.sandboxes)),
    ...(rehearsal.publicUrl === undefined ? {} : { PUBLIC_URL: rehearsal.publicUrl }),
  };
  const ground = { ...standing, environment };

  const http = api(apiScope, ground, made, endpoints);
  const { failedRuns } = workflow(concern('Workflow'), ground);
  notify(concern('Notify'), ground);
  mailIn(concern('MailIn'), ground);
  payments(concern('Payments'), ground);
  webhooks(concern('Events'), ground);
  sms(concern('Sms'), ground);
  reports(concern('Reports'), ground);
  delivery(concern('Delivery'), ground);
  watch(concern('Watch'), { stage, http, failedRuns });
  // Made where the context asks for them: a name of its own, who is told of alarms and of the bill.
  domain(concern('Domain'), stage, http);
  budget(concern('Budget'), stage);
  alarmMail(concern('AlarmMail'), stage);
  if (Object.keys(stage.given).length > 0)
    new CfnOutput(stack, 'DeployedWith', { value: JSON.stringify(stage.given) });

  const compiled = typeof machines === 'function' ? machines(rehearsal) : machines;
  // In this order, so that functions are never older than the machines that call them.
  for (const [pack, its] of Map.groupBy(compiled, (machine) => machine.pack))
    packStack(app, stage, pack, its).addStackDependency(stack);
  leaveOut(app, rehearsal.without);
  return app;
};

if (import.meta.main) {
  // Not awaited: `synthesize` reads this module, which would then never be whole.
  void import('./synthesize.ts').then(({ synthesize }) => synthesize({}));
}
