import { SocialChannel } from '../../schemas/conversation.ts';
import type { Pipeline } from '../../schemas/pipeline.ts';
import { type Check, type Finding, finding, list } from './finding.ts';
import { pathOf } from './places.ts';

/** A conversation or a warehouse that names fields of another type than it needs, or that its stages contradict. */
export const unfitPart: Check = (pack, pipeline) => [
  ...conversation(
    pipeline,
    pack.directories.map(({ id }) => id),
  ),
  ...stock(pipeline),
];

const said = (pipeline: Pipeline, part: string, what: string): Finding =>
  finding('unfit-part', pathOf(pipeline, part), what);

/** A field that is there, and of another type; one that is not is an unknown field. */
const mustBe = (pipeline: Pipeline, part: string, id: string, type: string): Finding[] => {
  const field = pipeline.fields[id];
  return field === undefined || field.type === type
    ? []
    : [said(pipeline, part, `"${id}" is a field of type ${field.type}; it has to be ${type}`)];
};

function conversation(pipeline: Pipeline, directories: readonly string[]): Finding[] {
  const words = pipeline.conversation;
  if (words === undefined) return [];
  const part = 'conversation';
  const channel = pipeline.fields[words.channel];
  const networks: readonly string[] = SocialChannel.options;
  const strange = channel?.type === 'enum' ? Object.keys(channel.options) : [];
  return [
    ...mustBe(pipeline, part, words.client, 'contact'),
    ...mustBe(pipeline, part, words.channel, 'enum'),
    ...mustBe(pipeline, part, words.urgent, 'boolean'),
    ...strange
      .filter((one) => !networks.includes(one))
      .map((one) => said(pipeline, part, `"${one}" is no network; networks are ${list(networks)}`)),
    ...(directories.includes(words.quickReplies)
      ? []
      : [
          said(
            pipeline,
            part,
            `"${words.quickReplies}" is no directory of this pack; directories are ${list(directories)}`,
          ),
        ]),
    ...Object.entries(pipeline.stages)
      .filter(
        ([, { outcome, moves }]) => outcome !== undefined && !moves.some(({ to }) => to === words.reopens),
      )
      .map(([id]) =>
        said(
          pipeline,
          part,
          `a client who writes brings a deal back to "${words.reopens}", and "${id}" has no move there`,
        ),
      ),
  ];
}

function stock(pipeline: Pipeline): Finding[] {
  const words = pipeline.stock;
  if (words === undefined) return [];
  const part = 'stock';
  const rows = pipeline.fields[words.items];
  if (rows?.type !== 'rows') return mustBe(pipeline, part, words.items, 'rows');
  const column = (id: string, type: string): Finding[] =>
    rows.columns[id]?.type === type
      ? []
      : [
          said(
            pipeline,
            part,
            `"${id}" has to be a column of type ${type} in "${words.items}"; columns are ${list(Object.keys(rows.columns))}`,
          ),
        ];
  return [
    ...words.article.flatMap((id) => column(id, 'text')),
    ...column(words.quantity, 'number'),
    ...[words.from, words.sent, words.back].flatMap((id) => column(id, 'boolean')),
  ];
}
