import type * as z from 'zod';
import type { User } from '../../../schemas/people.ts';
import type { Frozen } from '../../vocabulary/frozen.ts';

/** The demo company: Elena and Radu sell, Doina is their head. */
export const people = [
  { id: 'elena', name: 'Elena Rusu', roles: ['footwear-manager'], head: 'doina' },
  { id: 'radu', name: 'Radu Ceban', roles: ['footwear-manager'], head: 'doina' },
  { id: 'doina', name: 'Doina Munteanu', roles: ['footwear-head-of-sales'] },
  { id: 'vlad', name: 'Vlad Moraru', roles: ['footwear-accountant'], head: 'doina' },
  { id: 'petru', name: 'Petru Lungu', roles: ['footwear-production'], head: 'doina' },
  { id: 'ion', name: 'Ion Grosu', roles: ['footwear-dispatcher'], head: 'doina' },
  { id: 'footwear-admin', name: 'Ana Popa', roles: ['footwear-admin'], head: 'doina' },
].map((person) => ({
  ...person,
  email: `${person.id}@footwear.example`,
  language: 'ro',
})) as readonly Frozen<z.input<typeof User>>[];
