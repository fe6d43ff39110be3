import { byId } from './ids.ts';
import type { Later } from './later.ts';
import type { Requirement } from './list.ts';

/** A test as it ended. */
export type Proof = {
  readonly file: string;
  readonly title: string;
  readonly ids: readonly string[];
  readonly status: 'passed' | 'failed' | 'skipped';
};

export type Findings = {
  readonly requirements: Readonly<Record<string, Requirement>>;
  /** prefixes whose requirements have to be proven */
  readonly claimed: readonly string[];
  readonly said: ReadonlyMap<string, readonly string[]>;
  /** requirements of which only the seam is built */
  readonly later: Readonly<Record<string, Later>>;
  /** files whose source has the words of each seam */
  readonly seams: ReadonlyMap<string, readonly string[]>;
  /** requirements that the titles of each test file name */
  readonly mentioned: ReadonlyMap<string, readonly string[]>;
  /** tests that ran; `undefined` where none was run */
  readonly proofs: readonly Proof[] | undefined;
  /** ids defined elsewhere, to be held against ours */
  readonly against: readonly string[] | undefined;
};

const isClaimed = (id: string, claimed: readonly string[]): boolean =>
  claimed.some((prefix) => id.startsWith(`${prefix}-`));

const differences = (ours: readonly string[], theirs: readonly string[]): string[] => [
  ...theirs
    .filter((id) => !ours.includes(id))
    .map((id) => `${id}: defined by the folder given, absent from our list`),
  ...ours
    .filter((id) => !theirs.includes(id))
    .map((id) => `${id}: in our list, not defined by the folder given`),
];

const isOf =
  (seam: string) =>
  ({ title, ids }: Proof): boolean =>
    title.includes(seam) || ids.includes(seam);

/** What is wrong with the seam of a requirement that is left for later. */
const loose = (id: string, { seam, reason }: Later, { seams, proofs }: Findings): string[] => {
  if (reason.trim() === '') return [`${id}: left for later without a reason; give one`];
  if ((seams.get(seam) ?? []).length === 0)
    return [`${id}: no test of its seam "${seam}"; give part of a title, or a requirement that has tests`];
  const ran = proofs?.filter(isOf(seam));
  if (ran === undefined) return [];
  if (ran.length === 0) return [`${id}: no test of its seam "${seam}" ran`];
  return ran
    .filter(({ status }) => status !== 'passed')
    .map(({ title, status, file }) => `${id}: its seam ${status}: ${title} (${file})`);
};

const unproven = (id: string, { mentioned, proofs }: Findings): string[] => {
  const files = [...mentioned].flatMap(([file, ids]) => (ids.includes(id) ? [file] : []));
  if (files.length === 0) return [`${id}: no test; end a test's title with [${id}]`];
  if (proofs === undefined) return [];
  return files.flatMap((file) => {
    const ran = proofs.filter((proof) => proof.file === file && proof.ids.includes(id));
    if (ran.length === 0) return [`${id}: named in ${file}, but no test of that name ran`];
    return ran
      .filter(({ status }) => status !== 'passed')
      .map(({ title, status }) => `${id}: ${status}: ${title} (${file})`);
  });
};

/** Everything that is wrong: requirements without proof, failures, names that no requirement has, other lists. */
export const problemsOf = (findings: Findings): string[] => {
  const { requirements, claimed, said, later, mentioned, against } = findings;
  const ours = Object.keys(requirements).filter((id) => isClaimed(id, claimed));
  const unknown = (id: string, where: string) =>
    requirements[id] === undefined ? [`${id}: named by ${where}, but no requirement of ours`] : [];
  return [
    ...ours.flatMap((id) => {
      const seam = later[id];
      return seam === undefined ? unproven(id, findings) : loose(id, seam, findings);
    }),
    ...Object.keys(later).flatMap((id) => unknown(id, 'the list of what is left for later')),
    ...[...mentioned].flatMap(([file, ids]) => ids.flatMap((id) => unknown(id, file))),
    ...[...said].flatMap(([id, [where = 'the pack']]) => unknown(id, where)),
    ...ours
      .filter((id) => later[id] === undefined && !said.has(id) && requirements[id]?.by === undefined)
      .map((id) => `${id}: neither the pack nor the list says where it is carried out`),
    ...(against === undefined ? [] : differences(Object.keys(requirements), [...new Set(against)])),
  ].sort(byId);
};

/** Tests that prove a requirement, or the seam of one that is left for later. */
const provingOf = (id: string, { later, proofs }: Findings): Proof[] | undefined => {
  const seam = later[id];
  return proofs?.filter((proof) => proof.ids.includes(id) || (seam !== undefined && isOf(seam.seam)(proof)));
};

const stateOf = (id: string, findings: Findings): string => {
  const { later, seams, mentioned } = findings;
  const left = later[id];
  const named = [...mentioned.values()].some((ids) => ids.includes(id));
  if (left === undefined && !named) return 'no test';
  if (left !== undefined && seams.get(left.seam)?.length === 0) return 'later: no seam';
  const ran = provingOf(id, findings);
  const ended = ran === undefined ? 'not run' : endOf(ran);
  return left === undefined ? ended : `later, its seam: ${ended}`;
};

const endOf = (ran: readonly Proof[]): string => {
  const passed = ran.filter(({ status }) => status === 'passed').length;
  return passed === ran.length && ran.length > 0 ? `${passed} passed` : `${passed} of ${ran.length} passed`;
};

const where = (id: string, { requirements, said, later }: Findings): string => {
  const left = later[id];
  if (left !== undefined && !said.has(id)) return left.reason;
  const [first, ...more] = said.get(id) ?? [requirements[id]?.by ?? '–'];
  return more.length === 0 ? String(first) : `${first} (+${more.length})`;
};

/** The table: id, statement, where it is said, how its tests ended; and beneath each its tests. */
export const tableOf = (findings: Findings): string => {
  const { requirements, mentioned } = findings;
  const rows = Object.entries(requirements).map(([id, { says }]) => [
    id,
    says ?? '',
    where(id, findings),
    stateOf(id, findings),
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) => {
      const line = row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd();
      const [id = ''] = row;
      const tests =
        provingOf(id, findings)?.map(
          ({ status, title, file }) =>
            `${status === 'passed' ? '+' : '!'} ${title.replace(/ \[[^[]*\]$/, '')} (${file})`,
        ) ?? [...mentioned].flatMap(([file, ids]) => (ids.includes(id) ? [`  ${file}`] : []));
      return [line, ...tests.map((test) => `    ${test}`)].join('\n');
    })
    .join('\n');
};
