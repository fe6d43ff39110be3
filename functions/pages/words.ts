import type { ParcelState } from '../../schemas/parcel-state.ts';
import type { Text } from '../../schemas/text.ts';

const t = (ru: string, en: string, ro: string): Text => ({ ru, en, ro });

/** What the page itself says; all else is the pack's. */
export const words = {
  order: t('Заказ', 'Order', 'Comanda'),
  language: t('Язык', 'Language', 'Limba'),
  since: t('с', 'since', 'din'),
  money: t('Оплата', 'Payment', 'Plata'),
  pay: t('Оплатить', 'Pay', 'Plătește'),
  until: t('оплатить до', 'to be paid before', 'de plătit până la'),
  paid: t('Оплачено, спасибо', 'Paid, thank you', 'Plătit, mulțumim'),
  held: t(
    'Деньги удержаны на карте и ждут подтверждения',
    'The money is held on your card and waits for confirmation',
    'Banii sunt reținuți pe card și așteaptă confirmarea',
  ),
  returning: t('Деньги возвращаются вам', 'The money is on its way back to you', 'Banii vi se întorc'),
  partReturned: t('Часть денег возвращена', 'A part was returned to you', 'O parte v-a fost returnată'),
  returned: t('Деньги возвращены', 'The money was returned to you', 'Banii v-au fost returnați'),
  notNow: t(
    'Оплатить сейчас нельзя. Попробуйте позже или напишите менеджеру.',
    'It cannot be paid right now. Try later, or write to your manager.',
    'Acum nu se poate plăti. Încercați mai târziu sau scrieți managerului.',
  ),
  gateway: t(
    'Оплата проходит на защищённой странице Робокассы.',
    'You pay on Robokassa’s protected page.',
    'Plătiți pe pagina protejată Robokassa.',
  ),
  test: t(
    'Это проверка: деньги не списываются.',
    'This is a test: no money is taken.',
    'Este o probă: banii nu se iau.',
  ),
  delivery: t('Доставка', 'Delivery', 'Livrarea'),
  parcel: t('Посылка', 'Parcel', 'Coletul'),
  back: t('Обратная посылка', 'Parcel back to us', 'Coletul înapoi'),
  track: t('Трек-номер', 'Track number', 'Numărul coletului'),
  follow: t('Отследить на сайте СДЭК', 'Follow it on CDEK’s site', 'Urmăriți pe pagina CDEK'),
  planned: t('Ожидается', 'Expected', 'Se așteaptă'),
  kept: t('Хранится до', 'Kept until', 'Se păstrează până la'),
  cod: t('К оплате при получении', 'To be paid on receipt', 'De plătit la primire'),
  history: t('История доставки', 'History of the delivery', 'Istoricul livrării'),
  details: t('Подробности', 'Details', 'Detalii'),
  documents: t('Документы', 'Documents', 'Documente'),
  manager: t('Ваш менеджер', 'Your manager', 'Managerul dumneavoastră'),
  write: t('Написать', 'Write to them', 'Scrieți'),
  mine: t(
    'Эта страница открывается по ссылке без пароля: не передавайте её посторонним.',
    'Whoever has the link sees this page: keep it to yourself.',
    'Pagina se deschide prin link, fără parolă: nu îl dați altora.',
  ),
  none: t('Страница не найдена', 'There is no such page', 'Pagina nu există'),
  noneWhy: t(
    'Проверьте, что ссылка скопирована целиком, или попросите у вашего менеджера новую.',
    'See that the link was copied whole, or ask your manager for a new one.',
    'Verificați dacă linkul este copiat întreg sau cereți altul managerului.',
  ),
} satisfies Record<string, Text>;

/** Where a parcel is, as its recipient reads it. */
export const parcelWords: Readonly<Record<ParcelState, Text>> = {
  requested: t('Готовится к отправке', 'Being prepared', 'Se pregătește'),
  accepted: t('Готовится к отправке', 'Being prepared', 'Se pregătește'),
  created: t('Оформлена в СДЭК', 'Registered with CDEK', 'Înregistrat la CDEK'),
  'in-transit': t('В пути', 'On its way', 'Pe drum'),
  'at-pickup': t(
    'Ждёт вас в пункте выдачи',
    'Waits for you at the pickup point',
    'Vă așteaptă la punctul de ridicare',
  ),
  courier: t('У курьера', 'With the courier', 'La curier'),
  delivered: t('Вручена', 'Delivered', 'Livrat'),
  returned: t('Не вручена, возвращается', 'Not delivered, goes back', 'Nelivrat, se întoarce'),
  cancelled: t('Отменена', 'Called off', 'Anulat'),
  rejected: t('Готовится к отправке', 'Being prepared', 'Se pregătește'),
};
