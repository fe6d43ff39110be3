import type { Text } from '../../../schemas/text.ts';

/** What the numbers on Robokassa's page of payment mean, and what there is to do. */
export const pageErrors: Readonly<Record<number, Text>> = {
  25: {
    ru: 'Магазин не активирован: включите его в кабинете Робокассы',
    en: 'The shop is not active: activate it in Robokassa’s cabinet',
  },
  26: {
    ru: 'Робокасса не знает такого магазина: проверьте идентификатор магазина',
    en: 'Robokassa knows no such shop: check the shop’s login',
  },
  29: {
    ru: 'Подпись не сошлась: проверьте Пароль №1 и алгоритм хеша магазина',
    en: 'The signature does not match: check Password#1 and the hash algorithm of the shop',
  },
  30: { ru: 'Номер счёта передан неверно', en: 'The number of the invoice is wrong' },
  31: { ru: 'Сумма передана неверно', en: 'The sum is wrong' },
  33: {
    ru: 'Время на оплату этого счёта вышло: попросите новую ссылку',
    en: 'The time to pay this invoice has run out: ask for a new link',
  },
  34: {
    ru: 'Автоплатежи этому магазину не разрешены',
    en: 'Recurring payments are not allowed to this shop',
  },
  35: { ru: 'Автоплатёж не удалось начать', en: 'The recurring payment could not be started' },
  40: { ru: 'Этот счёт уже оплачен', en: 'This invoice is paid already' },
  41: {
    ru: 'Оплату не удалось начать: попробуйте ещё раз позже',
    en: 'The payment could not be started: try again later',
  },
  51: { ru: 'Срок счёта истёк: попросите новую ссылку', en: 'The invoice has expired: ask for a new link' },
  52: { ru: 'Счёт уже оплачен', en: 'The invoice is paid already' },
  53: { ru: 'Такого счёта нет', en: 'There is no such invoice' },
  64: {
    ru: 'Удержание денег этому магазину не разрешено',
    en: 'Holding of money is not allowed to this shop',
  },
  65: { ru: 'Удержать деньги не удалось', en: 'The money could not be held' },
};

/** What a number on the page of payment means, also one that nobody has described. */
export const pageError = (number: number): Text =>
  pageErrors[number] ?? {
    ru: `Робокасса сообщает об ошибке ${number}`,
    en: `Robokassa reports error ${number}`,
  };

/** Why a refund was refused, for the person who has to do something about it. */
export const refundText = (reason: string): Text =>
  reason === 'NotEnoughOperationFunds'
    ? {
        ru: 'Робокасса не вернёт столько: по этой оплате осталось меньше, чем просят вернуть, или денег на балансе магазина не хватает',
        en: 'Robokassa does not return that much: less is left of this payment than is to go back, or the shop’s balance is too low',
      }
    : {
        ru: `Робокасса не приняла возврат: ${reason}`,
        en: `Robokassa did not take the refund: ${reason}`,
      };
