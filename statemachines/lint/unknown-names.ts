import type { Pack } from '../../schemas/pack.ts';
import { type Check, finding, list } from './finding.ts';
import { type Mention, mentions } from './mentions.ts';

type Kind = 'role' | 'message' | 'pipeline' | 'directory';

const known: Record<Kind, (pack: Pack) => string[]> = {
  role: (pack) => pack.roles.map(({ id }) => id),
  message: (pack) => Object.keys(pack.messages),
  pipeline: (pack) => pack.pipelines.map(({ id }) => id),
  directory: (pack) => pack.directories.map(({ id }) => id),
};

const isKind = (mention: Mention): mention is Mention & { kind: Kind } => mention.kind in known;

/** A role, message or pipeline that the pack does not have. */
export const unknownNames: Check = (pack, pipeline) =>
  mentions(pipeline).flatMap((mention) => {
    if (!isKind(mention)) return [];
    const names = known[mention.kind](pack);
    return names.includes(mention.name)
      ? []
      : [
          finding(
            `unknown-${mention.kind}`,
            mention.path,
            `"${mention.name}" is no ${mention.kind} of this pack; ${mention.kind}s are ${list(names)}`,
          ),
        ];
  });
