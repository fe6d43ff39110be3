import { applyMigration, listOutdated, previewMigration, undoMigration } from '../migrate/migrations.ts';
import { serve } from '../shared/serve.ts';
import { putCard } from './cards.ts';
import { getClientCard, putClientCard } from './client-cards.ts';
import { getDirectory, putEntry } from './directories.ts';
import { openApi } from './openapi.ts';
import { listRoles, listUsers, me, putRole, putUser } from './people.ts';
import { help, listPipelines } from './pipelines.ts';
import { listSettings, putSetting } from './settings.ts';

export const handler = serve('admin', {
  'me.get': me,
  'users.list': listUsers,
  'users.put': putUser,
  'roles.list': listRoles,
  'roles.put': putRole,
  'settings.list': listSettings,
  'settings.put': putSetting,
  'cards.put': putCard,
  'clientCards.get': getClientCard,
  'clientCards.put': putClientCard,
  'directories.get': getDirectory,
  'directories.put': putEntry,
  'pipelines.list': listPipelines,
  'help.get': help,
  'migrations.deals': listOutdated,
  'migrations.preview': previewMigration,
  'migrations.apply': applyMigration,
  'migrations.undo': undoMigration,
  'openapi.get': async () => openApi(),
});
