import type { Actor, Who } from '../../schemas/pipeline.ts';

/** The user that a field of the deal names. */
export const person = (field: string): { who: 'field'; field: string } => ({ who: 'field', field });

/** Who works the deal. */
export const responsible = person('responsible');

/** Who started the request or sub-process. */
export const initiator = person('initiator');

/** The head of the user in a field, by the org chart of that moment. */
export const headOf = ({ field }: { readonly field: string }): Who => ({ who: 'head', of: field });

/** Everybody who has the role; a task goes to the first of them. */
export const role = (id: string): { who: 'role'; role: string } => ({ who: 'role', role: id });

/** Who has the deal, or has or had work on it, and may see it. */
export const members: Who = { who: 'members' };

/** All who watch the deal. */
export const watchers: Who = { who: 'watchers' };

/** The person an administrator chose in a setting, or somebody else while nobody is chosen. */
export const chosen = (setting: string, otherwise: Who): Who => ({
  who: 'setting',
  setting,
  else: otherwise,
});

/** Everybody with the role, as one who may move or start. */
export const anyWith = (id: string): Actor => ({ role: id });
