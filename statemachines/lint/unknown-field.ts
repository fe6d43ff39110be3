import type { Field } from '../../schemas/pipeline.ts';
import { always, fieldOf, inGuards, isWritable, pathsIn, people, sometimes, tree } from './facts.ts';
import { type Check, finding, list } from './finding.ts';
import { expressions, guards, type Mention, mentions } from './mentions.ts';

const holdsDate = (field: Field): boolean => field.type === 'date' || field.type === 'datetime';

/** Types whose value is a moment, or begins with one. */
const momentTypes: readonly string[] = ['date', 'datetime', 'slot'];

const isMoney = (field: Field): boolean =>
  field.type === 'money' ||
  field.type === 'total' ||
  field.type === 'accrued' ||
  (field.type === 'computed' && field.currency !== undefined);

/** A field that the pipeline does not have, or one that cannot be what its place needs. */
export const unknownField: Check = (_, pipeline) => {
  const would = (as: Mention['as']): string[] => {
    const fields = Object.entries(pipeline.fields);
    if (as === 'user')
      return [
        ...people,
        ...fields.filter(([, { type }]) => type === 'user' || type === 'slot').map(([id]) => id),
      ];
    if (as === 'changes') return [...people, ...fields.map(([id]) => id)];
    if (as === 'moment') return fields.filter(([, { type }]) => momentTypes.includes(type)).map(([id]) => id);
    if (as === 'write-moment') return fields.filter(([, field]) => holdsDate(field)).map(([id]) => id);
    if (as === 'write') return fields.filter(([, field]) => isWritable(field)).map(([id]) => id);
    if (as === 'file')
      return fields.filter(([, { type }]) => type === 'file' || type === 'files').map(([id]) => id);
    if (as === 'money') return fields.filter(([, field]) => isMoney(field)).map(([id]) => id);
    return fields.map(([id]) => id);
  };
  const wanted = {
    user: 'names a person',
    changes: 'may change',
    moment: 'holds a date',
    money: 'is an amount of money',
    file: 'holds a file',
    write: 'may be written',
    'write-moment': 'takes a date',
  };

  const inPlaces = mentions(pipeline)
    .filter(({ kind, name, as }) => kind === 'field' && !would(as).includes(name))
    .map(({ name, path, as }) =>
      finding(
        'unknown-field',
        path,
        as && name in pipeline.fields
          ? `field "${name}" is a ${pipeline.fields[name]?.type}; what ${wanted[as]} is ${list(would(as))}`
          : `"${name}" is no field of this pipeline; ${as ? `what ${wanted[as]} is` : 'fields are'} ${list(would(as))}`,
      ),
    );

  const everywhere = [...Object.keys(pipeline.fields), ...always, ...sometimes];
  const inExpressions = expressions(pipeline).flatMap(({ expression, path, what }) => {
    const facts = guards.includes(what) ? [...everywhere, ...inGuards] : everywhere;
    const node = tree(expression);
    const names = node ? [...new Set(pathsIn(node).map(fieldOf))] : [];
    return names
      .filter((name) => !facts.includes(name))
      .map((name) =>
        finding(
          'unknown-field',
          path,
          `${what} "${expression}" reads "${name}", which is no fact; facts are ${list(facts)}`,
        ),
      );
  });
  const inRows = expressions(pipeline).flatMap(({ expression, path, what }) => {
    const node = tree(expression);
    return [...new Set(node ? pathsIn(node) : [])].flatMap((name) => {
      const [id = '', column] = name.split('.');
      const field = pipeline.fields[id];
      return field?.type !== 'rows' || column === undefined || column in field.columns
        ? []
        : [
            finding(
              'unknown-field',
              path,
              `${what} "${expression}" reads "${name}", which is no column; columns are ${list(Object.keys(field.columns))}`,
            ),
          ];
    });
  });
  return [...inPlaces, ...inExpressions, ...inRows];
};
