import type * as z from 'zod';
import type { User } from '../../../schemas/people.ts';
import type { Frozen } from '../../vocabulary/frozen.ts';

/** The demo company. Pavel reports to Semyon, Semyon to Galina. */
export const people = [
  {
    id: 'pavel',
    name: 'Павел Рябов',
    email: 'pavel@industrial.example',
    roles: ['manager'],
    head: 'semyon',
  },
  {
    id: 'semyon',
    name: 'Семён Лугин',
    email: 'semyon@industrial.example',
    roles: ['head', 'trip-approver'],
    head: 'galina',
  },
  {
    id: 'nina',
    name: 'Нина Берг',
    email: 'nina@industrial.example',
    roles: ['product-manager'],
    head: 'semyon',
  },
  {
    id: 'galina',
    name: 'Галина Ветрова',
    email: 'galina@industrial.example',
    roles: ['executive', 'contract-approver'],
  },
  {
    id: 'rita',
    name: 'Рита Орлова',
    email: 'rita@industrial.example',
    roles: ['accountant'],
    head: 'galina',
  },
  {
    id: 'artem',
    name: 'Артём Зимин',
    email: 'artem@industrial.example',
    roles: ['work-executor'],
    head: 'semyon',
    channels: ['app', 'email'],
  },
  {
    id: 'admin',
    name: 'Вера Тихонова',
    email: 'admin@industrial.example',
    roles: ['admin'],
    head: 'galina',
  },
] as const satisfies readonly Frozen<z.input<typeof User>>[];
