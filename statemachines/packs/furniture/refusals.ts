import { t } from '../../vocabulary/index.ts';

export const noRequirements = t(
  'Приложите требования покупателя файлом или запишите их текстом.',
  "Attach the buyer's requirements, or write them down.",
);
export const noMeasurements = t(
  'Сначала загрузите данные замера.',
  'Load the data of the measurement first.',
);
export const noPhotos = t(
  'Нет ни одной фотографии собранной мебели или установленных дверей.',
  'There is no photo of the assembled furniture or the installed doors.',
);
export const noResult = t(
  'Загрузите фотографии и укажите результат монтажа.',
  'Load the photos and say how the installation went.',
);
export const noNewPhoto = t('Приложите новую фотографию доработки.', 'Load a new photo of the rework.');
export const noReason = t(
  'Чтобы закрыть заказ, нужны фотографии монтажа; чтобы отменить, укажите причину отмены.',
  'To close the order photos of the installation are needed; to cancel it say why.',
);
