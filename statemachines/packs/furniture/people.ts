import type * as z from 'zod';
import type { User } from '../../../schemas/people.ts';
import type { Frozen } from '../../vocabulary/frozen.ts';

/** The demo company: Irina and Roman sell, two people measure, two install, Marina leads. */
export const people = [
  { id: 'irina', name: 'Ирина Лапина', roles: ['furniture-manager'], head: 'marina' },
  { id: 'timur', name: 'Тимур Зуев', roles: ['furniture-manager'], head: 'marina' },
  { id: 'oleg', name: 'Олег Комов', roles: ['furniture-measurer'], head: 'marina' },
  { id: 'pavla', name: 'Павла Ершова', roles: ['furniture-measurer'], head: 'marina' },
  { id: 'kirill', name: 'Кирилл Дроздов', roles: ['furniture-installer'], head: 'marina' },
  { id: 'matvey', name: 'Матвей Седов', roles: ['furniture-installer'], head: 'marina' },
  { id: 'anton', name: 'Антон Гусев', roles: ['furniture-production'], head: 'marina' },
  { id: 'bella', name: 'Белла Юдина', roles: ['furniture-production'], head: 'marina' },
  { id: 'zoya', name: 'Зоя Мохова', roles: ['furniture-warehouse'], head: 'marina' },
  { id: 'viktor', name: 'Виктор Шилов', roles: ['furniture-delivery'], head: 'marina' },
  { id: 'marina', name: 'Марина Воробьёва', roles: ['furniture-executive'] },
  { id: 'furniture-admin', name: 'Тимофей Рощин', roles: ['furniture-admin'], head: 'marina' },
].map((person) => ({ ...person, email: `${person.id}@furniture.example` })) as readonly Frozen<
  z.input<typeof User>
>[];
