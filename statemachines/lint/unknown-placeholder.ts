import type { Pack } from '../../schemas/pack.ts';
import type { Pipeline } from '../../schemas/pipeline.ts';
import { type Finding, finding, list, type PackCheck } from './finding.ts';
import { mentions } from './mentions.ts';
import { pathOf, placed, tasks } from './places.ts';

const ofDeal = ['number', 'title', 'stage', 'responsible', 'initiator', 'company'];
const ofTask = ['task', 'due', 'comment', 'author'];
const ofGuard = ['today', 'now'];
const ofRollback = ['missing'];
const ofPayment = ['payLink', 'payAmount'];
const ofTracking = ['trackingLink'];
const ofDocument = ['today', 'product', 'name', 'quantity', 'price'];

/** A placeholder of a message, a document or a refusal that no deal could fill. */
export const unknownPlaceholder: PackCheck = (pack) => [
  ...pack.pipelines.flatMap((pipeline) => [
    ...messagesOf(pack, pipeline),
    ...guardsOf(pipeline),
    ...billsOf(pipeline),
    ...tasks(pipeline).flatMap(({ path, step: { refusal } }) =>
      Object.values(refusal ?? {}).flatMap((text = '') =>
        unknown(path, 'the refusal', text, [...facts(pipeline), ...ofTask]),
      ),
    ),
  ]),
  ...pack.documents.flatMap(({ id, pipeline: of, body }) => {
    const pipeline = pack.pipelines.find((one) => one.id === of);
    return pipeline
      ? unknown(`${pack.id} documents ${id}`, 'the document', body, [...facts(pipeline), ...ofDocument])
      : []; // `unknown-reference` says so
  }),
];

/** What a bill says, by the facts of its deal. */
const billsOf = (pipeline: Pipeline): Finding[] =>
  placed(pipeline).flatMap(({ path, step }) =>
    step.do === 'pay'
      ? unknown(path, 'the description', Object.values(step.description).join('\n'), facts(pipeline))
      : [],
  );

const facts = (pipeline: Pipeline): string[] => [...Object.keys(pipeline.fields), ...ofDeal];

function messagesOf(pack: Pack, pipeline: Pipeline): Finding[] {
  const used = new Set(mentions(pipeline).flatMap(({ kind, name }) => (kind === 'message' ? [name] : [])));
  const bills = new Set(placed(pipeline).flatMap(({ step }) => (step.do === 'pay' ? [step.text] : [])));
  const letters = new Set(
    placed(pipeline).flatMap(({ step }) => (step.do === 'email' || step.do === 'pay' ? [step.text] : [])),
  );
  return [...used].flatMap((id) => {
    const message = pack.messages[id];
    if (!message) return []; // `unknown-message` says so
    const texts = [...Object.values(message.subject), ...Object.values(message.body)];
    return unknown(`${pack.id} messages ${id}`, `the message as ${pipeline.id} sends it`, texts.join('\n'), [
      ...facts(pipeline),
      ...ofTask,
      ...ofRollback,
      ...(bills.has(id) ? ofPayment : []),
      ...(letters.has(id) && pipeline.tracking !== undefined ? ofTracking : []),
    ]);
  });
}

/** What people read when a guard or a check says no, or warns. */
function guardsOf(pipeline: Pipeline): Finding[] {
  const said = [
    ...(pipeline.checks ?? []).map(({ id, refusal }) => ({ path: pathOf(pipeline, id), refusal })),
    ...Object.entries(pipeline.stages).flatMap(([id, { enter, leave }]) =>
      [...(enter?.conditions ?? []), ...(enter?.warn ?? []), ...(leave?.conditions ?? [])].map(
        ({ refusal }) => ({
          path: pathOf(pipeline, id),
          refusal,
        }),
      ),
    ),
  ];
  return said.flatMap(({ path, refusal }) =>
    unknown(path, 'the refusal', Object.values(refusal).join('\n'), [...facts(pipeline), ...ofGuard]),
  );
}

function unknown(path: string, what: string, text: string, known: readonly string[]): Finding[] {
  const names = [...text.matchAll(/\{\{[#/]?\s*([^{}]*?)\s*\}\}/g)].map(([, name = '']) => name);
  return [...new Set(names)]
    .filter((name) => !known.includes(name))
    .map((name) =>
      finding('unknown-placeholder', path, `${what} has "{{${name}}}"; it may use ${list(known)}`),
    );
}
