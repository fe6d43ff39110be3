import type { CdekSettings } from '../../../schemas/integrations/cdek.ts';

/** Where parcels are handed in, who sends them, and by which tariffs: to a point, to a door, to a parcel locker. */
export const cdek: CdekSettings = {
  from: { city: 44, point: 'MSK67' },
  sender: { company: 'Промснаб Демо', name: 'Склад', phone: '+74951234567' },
  tariffs: [136, 137, 368, 234, 233, 483, 482],
  parcel: {
    weight: { setting: 'parcelWeight' },
    length: { setting: 'parcelLength' },
    width: { setting: 'parcelWidth' },
    height: { setting: 'parcelHeight' },
  },
};
