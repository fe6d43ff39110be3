import type { FileView } from '../../schemas/api/shapes.ts';
import type { By, Deal } from '../../schemas/deal.ts';
import type { IncomingLetter } from '../../schemas/incoming.ts';
import type { Reader } from '../access/rights.ts';
import { act } from '../deals/act.ts';
import type { Card } from '../deals/card.ts';
import { type Context, done, stageOf } from '../deals/context.ts';
import { fileRow } from '../deals/files.ts';
import { joinThread } from '../letters/thread.ts';
import { mailIdKey } from '../notify/rfc-id.ts';
import { letterKey } from '../shared/keys.ts';
import { theTable } from '../shared/ports.ts';
import type { Write } from '../shared/table/port.ts';
import { linesOf } from './notice.ts';
import { incomingRow } from './rows.ts';

/** Rows that make a letter one of a deal: itself, its files, and the ways by which it is found. */
export const rowsOfLetter = (letter: IncomingLetter, files: readonly FileView[]): Write[] => [
  { put: incomingRow(letter), if: { absent: true } },
  ...files.map((file) => ({ put: fileRow(letter.deal, file) })),
  ...(letter.contact === undefined
    ? []
    : [
        {
          put: {
            ...letterKey(letter.contact, letter.at, letter.id),
            row: 'letter',
            incoming: letter.id,
            deal: letter.deal,
          },
        },
      ]),
  ...mailIdRows(letter),
];

/** A letter that answers this one finds its deal by it. */
const mailIdRows = ({ id, deal, contact, rfcId }: IncomingLetter): Write[] =>
  rfcId === undefined
    ? []
    : [
        {
          put: {
            ...mailIdKey(rfcId),
            row: 'mail-id',
            incoming: id,
            deal,
            ...(contact === undefined ? {} : { contact }),
          },
        },
      ];

/** The letter that the stage is told of, where something begins by it. */
const told = (deal: Deal, { id }: IncomingLetter, { pipeline }: Context): Deal => {
  const isWaitedFor = (stageOf(pipeline, deal.stage).on ?? []).some(
    ({ on }) => on?.event === 'letter' && on.is === 'received',
  );
  return isWaitedFor ? { ...deal, lettered: { message: id, is: 'received' } } : deal;
};

/** Who puts it there: the system, or a person who says that it belongs there. */
type Putting = {
  readonly by: By;
  readonly reader?: Reader;
  /** of a person: whether the deal is theirs to change */
  readonly may?: (card: Card, context: Context) => void;
};

const bySystem: Putting = { by: { system: 'mail' } };

/**
 * Puts a letter down with its deal, in one write with all that follows from it by itself: the stage is told, the responsible
 * person too. One that nobody wrote is put down alone. Done twice it is done once.
 */
export const putIntoDeal = async (
  letter: IncomingLetter,
  files: readonly FileView[],
  along: readonly Write[],
  { by, reader, may }: Putting = bySystem,
): Promise<void> => {
  const rows = [...rowsOfLetter(letter, files), ...along];
  const isNews = letter.came.automatic === undefined;
  const written = async (after: Pick<Card, 'deal'>, context: Context): Promise<Write[]> => [
    ...rows,
    // Who puts it there has read it.
    ...(isNews && reader?.user.id !== after.deal.responsible
      ? (await linesOf(letter, after, context)).map((put) => ({ put }))
      : []),
  ];
  await act(
    letter.deal,
    (card, context) => {
      may?.(card, context);
      return done(isNews ? { ...card, deal: told(card.deal, letter, context) } : card);
    },
    { by, reader, key: `mail-in:${letter.id}`, along: written },
  );
  await intoThread(letter);
};

/** The next letter to this client answers it. */
export const intoThread = async ({ id, deal, contact, from, rfcId, came }: IncomingLetter): Promise<void> => {
  if (rfcId === undefined || from.email === undefined || came.automatic !== undefined) return;
  await joinThread(
    { deal, contact, address: from.email },
    { id: rfcId, is: 'received', message: id },
    theTable(),
  );
};
