import type * as z from 'zod';
import type { User } from '../../../schemas/people.ts';
import type { Frozen } from '../../vocabulary/frozen.ts';

/** The demo company. */
export const people = [
  {
    id: 'yana',
    name: 'Яна Соколова',
    email: 'yana@coffee.example',
    roles: ['coffee-manager'],
    head: 'roman',
  },
  {
    id: 'denis',
    name: 'Денис Уваров',
    email: 'denis@coffee.example',
    roles: ['coffee-manager'],
    head: 'roman',
  },
  {
    id: 'svetlana',
    name: 'Светлана Ершова',
    email: 'svetlana@coffee.example',
    roles: ['coffee-client-head'],
    head: 'arkadi',
  },
  {
    id: 'roman',
    name: 'Роман Белых',
    email: 'roman@coffee.example',
    roles: ['coffee-dept-head'],
    head: 'arkadi',
  },
  {
    id: 'arkadi',
    name: 'Аркадий Лебедев',
    email: 'arkadi@coffee.example',
    roles: ['coffee-exec-director'],
    head: 'lev',
    channels: ['app', 'email'],
  },
  {
    id: 'lev',
    name: 'Лев Громов',
    email: 'lev@coffee.example',
    roles: ['coffee-director'],
    channels: ['app', 'email'],
  },
  {
    id: 'tamara',
    name: 'Тамара Ильина',
    email: 'tamara@coffee.example',
    roles: ['coffee-accountant'],
    head: 'lev',
  },
  {
    id: 'gleb',
    name: 'Глеб Осипов',
    email: 'gleb@coffee.example',
    roles: ['coffee-admin'],
    head: 'lev',
  },
] as const satisfies readonly Frozen<z.input<typeof User>>[];
