import type * as z from 'zod';
import type { User } from '../../../schemas/people.ts';
import type { Frozen } from '../../vocabulary/frozen.ts';

/** The demo company. Departments report to their heads, heads to Vira. */
export const people = [
  {
    id: 'olha',
    name: 'Ольга Савчук',
    email: 'olha@climate.example',
    roles: ['climate-manager'],
    head: 'taras',
  },
  {
    id: 'maryna',
    name: 'Марина Дяченко',
    email: 'maryna@climate.example',
    roles: ['climate-manager'],
    head: 'taras',
  },
  {
    id: 'taras',
    name: 'Тарас Гнатюк',
    email: 'taras@climate.example',
    roles: ['climate-head-of-sales'],
    head: 'vira',
  },
  {
    id: 'ihor',
    name: 'Игорь Ткач',
    email: 'ihor@climate.example',
    roles: ['climate-designer'],
    head: 'danylo',
  },
  {
    id: 'petro',
    name: 'Петро Вовк',
    email: 'petro@climate.example',
    roles: ['climate-designer'],
    head: 'danylo',
  },
  {
    id: 'danylo',
    name: 'Данило Мороз',
    email: 'danylo@climate.example',
    roles: ['climate-head-of-design'],
    head: 'vira',
  },
  {
    id: 'lesia',
    name: 'Леся Бондар',
    email: 'lesia@climate.example',
    roles: ['climate-logist'],
    head: 'vira',
  },
  {
    id: 'nina-k',
    name: 'Нина Коваль',
    email: 'nina@climate.example',
    roles: ['climate-accountant'],
    head: 'vira',
  },
  {
    id: 'yurii',
    name: 'Юрий Левченко',
    email: 'yurii@climate.example',
    roles: ['climate-lawyer'],
    head: 'vira',
  },
  {
    id: 'bohdan',
    name: 'Богдан Чорний',
    email: 'bohdan@climate.example',
    roles: ['climate-head-of-service'],
    head: 'vira',
  },
  {
    id: 'stepan',
    name: 'Степан Лысенко',
    email: 'stepan@climate.example',
    roles: ['climate-service-engineer'],
    head: 'bohdan',
  },
  { id: 'vira', name: 'Вера Шевчук', email: 'vira@climate.example', roles: ['climate-company-head'] },
  {
    id: 'climate-admin',
    name: 'Максим Ющенко',
    email: 'admin@climate.example',
    roles: ['climate-admin'],
    head: 'vira',
  },
] as const satisfies readonly Frozen<z.input<typeof User>>[];
