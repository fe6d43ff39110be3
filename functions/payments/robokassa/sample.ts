import type { Shop } from './shop.ts';

/** The shop that the published vectors are computed for; for tests. */
export const sampleShop = (asked: Partial<Shop> = {}): Shop => ({
  merchantLogin: 'crm-demo',
  password1: 'Pass-One_1',
  password2: 'Pass-Two_2',
  password3: 'Pass-Three_3',
  algorithm: 'md5',
  test: false,
  ...asked,
});
