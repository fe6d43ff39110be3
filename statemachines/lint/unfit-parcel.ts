import type { Pack } from '../../schemas/pack.ts';
import type { Field, Pipeline, ShipStep } from '../../schemas/pipeline.ts';
import { type Check, type Finding, finding, list } from './finding.ts';
import { placed } from './places.ts';

/** Currencies CDEK's contracts are in. */
const currency = 'RUB';

type Placed = { readonly path: string; readonly step: ShipStep };

/** A `ship` step that names fields of another type than it needs, that nobody could send, or whose pack does not ship. */
export const unfitParcel: Check = (pack, pipeline) =>
  placed(pipeline).flatMap(({ path, step }) =>
    step.do === 'ship'
      ? [
          ...settings(pack, { path, step }),
          ...fields(pipeline, { path, step }),
          ...lines(pipeline, { path, step }),
        ]
      : [],
  );

const said = (path: string, what: string): Finding => finding('unfit-parcel', path, what);

function settings(pack: Pack, { path, step }: Placed): Finding[] {
  return [
    ...(pack.integrations?.cdek === undefined
      ? [
          said(
            path,
            'the pack says nothing of how it ships by CDEK; give it `integrations: { cdek: { from, sender, tariffs, parcel } }`',
          ),
        ]
      : []),
    ...(pack.currency === currency
      ? []
      : [
          said(
            path,
            `CDEK reckons in ${currency}, the pack in ${pack.currency}; ship by another way, or keep the number by hand`,
          ),
        ]),
    ...(step.to.point === undefined && step.to.address === undefined
      ? [said(path, '`to` names neither a point nor an address; name a field for one of them')]
      : []),
  ];
}

type Wanted = readonly [word: string, id: string | undefined, types: readonly Field['type'][]];

function fields(pipeline: Pipeline, { path, step }: Placed): Finding[] {
  const { to, weight, size, tariff, price, date, track, status } = step;
  const wanted: readonly Wanted[] = [
    ['to.point', to.point, ['text', 'enum']],
    ['to.address', to.address, ['text', 'address']],
    ['to.city', to.city, ['number', 'text']],
    ['weight', typeof weight === 'string' ? weight : undefined, ['number']],
    ['size.length', size?.length, ['number']],
    ['size.width', size?.width, ['number']],
    ['size.height', size?.height, ['number']],
    ['tariff', tariff, ['number', 'text', 'enum']],
    ['price', price, ['money']],
    ['date', date, ['date']],
    ['track', track, ['text']],
    ['status', status, ['text']],
  ];
  return wanted.flatMap(([word, id, types]) => {
    const field = id === undefined ? undefined : pipeline.fields[id];
    // One that is not there at all is an unknown field.
    return field === undefined || types.includes(field.type)
      ? []
      : [said(path, `${word}: "${id}" is a field of type ${field.type}; it has to be ${types.join(' or ')}`)];
  });
}

function lines(pipeline: Pipeline, { path, step: { items } }: Placed): Finding[] {
  if (items === undefined) return [];
  const id = typeof items === 'string' ? items : items.rows;
  const field = pipeline.fields[id];
  const type = typeof items === 'string' ? 'lines' : 'rows';
  if (field === undefined) return [];
  if (field.type !== type)
    return [
      said(
        path,
        `items: "${id}" is a field of type ${field.type}; it has to be of lines, or of rows with their columns named`,
      ),
    ];
  if (typeof items === 'string' || field.type !== 'rows') return [];
  const { rows: _, ...columns } = items;
  return Object.entries(columns).flatMap(([word, column]) =>
    column === undefined || column in field.columns
      ? []
      : [
          said(
            path,
            `items.${word}: "${column}" is no column; columns are ${list(Object.keys(field.columns))}`,
          ),
        ],
  );
}
