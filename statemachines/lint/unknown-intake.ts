import { MailboxData } from '../../schemas/intake.ts';
import type { Field } from '../../schemas/pipeline.ts';
import { type Finding, finding, list, type PackCheck } from './finding.ts';

const takes: Readonly<Record<string, readonly Field['type'][]>> = {
  letter: ['file'],
  files: ['files'],
  contact: ['contact'],
  company: ['company'],
};

/** Letters that would come in by no directory, into no pipeline, or into fields that cannot hold them. */
export const unknownIntake: PackCheck = (pack) => {
  const { mail } = pack;
  if (mail === undefined) return [];
  const path = `${pack.id} mail`;
  const found: Finding[] = [];
  const say = (said: string) => found.push(finding('unknown-intake', path, said));

  const directory = pack.directories.find(({ id }) => id === mail.mailboxes);
  if (directory === undefined)
    say(`"${mail.mailboxes}" is no directory; directories are ${list(pack.directories.map(({ id }) => id))}`);
  const people = pack.people.map(({ id }) => id);
  for (const { id, data } of directory?.entries ?? []) {
    const read = MailboxData.safeParse(data);
    if (!read.success)
      say(`mailbox "${id}" has no address, or nobody who reads it; give it address and employees`);
    for (const name of read.data?.employees ?? [])
      if (!people.includes(name))
        say(`mailbox "${id}" is read by "${name}", who is nobody; people are ${list(people)}`);
  }

  const pipeline = pack.pipelines.find(({ id }) => id === mail.pipeline);
  if (pipeline === undefined) {
    say(`"${mail.pipeline}" is no pipeline; pipelines are ${list(pack.pipelines.map(({ id }) => id))}`);
    return found;
  }
  for (const [what, name] of Object.entries(mail.fields)) {
    const wanted = takes[what] ?? ['text'];
    if (name !== undefined && !wanted.includes(pipeline.fields[name]?.type ?? 'total'))
      say(
        `"${name}" of ${pipeline.id} cannot take the ${what} of a letter; it wants a field of type ${list(wanted)}`,
      );
  }
  for (const name of Object.keys(mail.set))
    if (!(name in pipeline.fields))
      say(`"${name}" is no field of ${pipeline.id}; its fields are ${list(Object.keys(pipeline.fields))}`);
  return found;
};
