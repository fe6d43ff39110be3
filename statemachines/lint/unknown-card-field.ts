import { type Check, finding, list } from './finding.ts';
import { pathOf } from './places.ts';

/** What every card has, beside the fields a pack declares for it. */
const plain = { company: ['name', 'taxNumber'], contact: ['name', 'email', 'phone'] };

/** A field that follows a field of a card which the pack does not declare, or one of another type. */
export const unknownCardField: Check = (pack, pipeline) =>
  Object.entries(pipeline.fields).flatMap(([id, { type, follows }]) => {
    if (follows === undefined) return [];
    const { card, field } = follows;
    const declared = pack.cards?.[card] ?? {};
    const path = `${pathOf(pipeline)} ${id}`;
    if (plain[card].includes(field))
      return type === 'text'
        ? []
        : [
            finding(
              'unknown-card-field',
              path,
              `"${field}" of a ${card} is a text, and the field is a ${type}`,
            ),
          ];
    const followed = declared[field];
    if (followed === undefined)
      return [
        finding(
          'unknown-card-field',
          path,
          `"${field}" is no field of the card of a ${card}; fields are ${list([...plain[card], ...Object.keys(declared)])}`,
        ),
      ];
    return followed.type === type
      ? []
      : [
          finding(
            'unknown-card-field',
            path,
            `"${field}" of a ${card} is a ${followed.type}, and the field is a ${type}; give both one type`,
          ),
        ];
  });
