import type { Field } from '../../schemas/pipeline.ts';
import type { Language } from '../../schemas/text.ts';

/** What a field of each type holds, as people call it. */
export const fieldKinds: Readonly<Record<Field['type'], Readonly<Record<Language, string>>>> = {
  text: { ru: 'текст', en: 'text', ro: 'text' },
  number: { ru: 'число', en: 'number', ro: 'număr' },
  boolean: { ru: 'да или нет', en: 'yes or no', ro: 'da sau nu' },
  date: { ru: 'день', en: 'day', ro: 'zi' },
  datetime: { ru: 'день и час', en: 'day and hour', ro: 'zi și oră' },
  enum: { ru: 'одно из списка', en: 'one of a list', ro: 'una din listă' },
  set: { ru: 'несколько из списка', en: 'several of a list', ro: 'mai multe din listă' },
  money: { ru: 'деньги', en: 'money', ro: 'bani' },
  user: { ru: 'сотрудник', en: 'person', ro: 'angajat' },
  users: { ru: 'сотрудники', en: 'people', ro: 'angajați' },
  company: { ru: 'компания', en: 'company', ro: 'companie' },
  contact: { ru: 'контакт', en: 'contact', ro: 'contact' },
  file: { ru: 'файл', en: 'file', ro: 'fișier' },
  files: { ru: 'файлы', en: 'files', ro: 'fișiere' },
  rows: { ru: 'таблица', en: 'table', ro: 'tabel' },
  lines: { ru: 'строки товаров', en: 'lines of articles', ro: 'rânduri de articole' },
  total: { ru: 'сумма записей', en: 'sum of entries', ro: 'suma înregistrărilor' },
  computed: { ru: 'считается само', en: 'computed', ro: 'se calculează' },
  slot: { ru: 'время людей', en: 'time of people', ro: 'timpul oamenilor' },
  address: { ru: 'адрес', en: 'address', ro: 'adresă' },
  rates: { ru: 'значения по справочнику', en: 'values by a directory', ro: 'valori după nomenclator' },
  accrued: { ru: 'сумма начислений', en: 'sum of accruals', ro: 'suma acordată' },
};
