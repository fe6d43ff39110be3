import { BadInput } from '../shared/errors.ts';

/** Types of files that deals hold, with the endings their names may have. Nothing that a browser would run. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'application/pdf': ['pdf'],
  'application/msword': ['doc'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.ms-excel': ['xls'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'application/vnd.ms-powerpoint': ['ppt'],
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': ['pptx'],
  'application/vnd.oasis.opendocument.text': ['odt'],
  'application/vnd.oasis.opendocument.spreadsheet': ['ods'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'image/heic': ['heic'],
  'image/tiff': ['tif', 'tiff'],
  'text/plain': ['txt'],
  'text/csv': ['csv'],
  'application/zip': ['zip'],
};

/** The type of a file without its parameters. @throws {BadInput} if deals hold no such files, or the name says otherwise */
export const fileType = (name: string, given: string): string => {
  const type = given.split(';')[0]?.trim().toLowerCase() ?? '';
  const endings = allowed[type];
  if (endings === undefined)
    throw new BadInput(`type: given ${given}; deals hold ${Object.keys(allowed).join(', ')}`);
  const ending = /\.([A-Za-z0-9]+)$/.exec(name)?.[1]?.toLowerCase();
  if (ending === undefined || !endings.includes(ending))
    throw new BadInput(`name: given ${name}; a file of type ${type} ends in .${endings.join(' or .')}`);
  return type;
};

/**
 * The type that a file of this name has among deals, whatever whoever sent it calls it; nothing where deals hold no such files.
 * What is stored under it is saved by a browser, never shown.
 */
export const typeOfName = (name: string): string | undefined => {
  const ending = /\.([A-Za-z0-9]+)$/.exec(name)?.[1]?.toLowerCase();
  return ending === undefined
    ? undefined
    : Object.keys(allowed).find((type) => allowed[type]?.includes(ending) === true);
};

/** Whether a type is that of a picture. */
export const isImage = (type: string): boolean => type.startsWith('image/');

/** A name as people may read it: no folders, no control characters, no leading dots, at most 120 characters. */
export const cleanName = (given: string): string => {
  const last = given.normalize('NFC').split(/[\\/]/).at(-1) ?? '';
  const clean = last
    .replace(/[^\p{L}\p{N}\p{M}._ ()+,№-]/gu, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[.\s]+/, '')
    .trim();
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(clean)?.[0] ?? '';
  const stem = clean.slice(0, clean.length - ending.length).slice(0, 120 - ending.length);
  return `${stem === '' ? 'file' : stem}${ending}`;
};

/** The place of a file in the bucket; ASCII alone, so that a signed address has one spelling. */
export const objectKey = (deal: string, file: string, name: string): string =>
  `files/${deal}/${file}/${name.replace(/[^A-Za-z0-9._-]+/g, '_')}`;
