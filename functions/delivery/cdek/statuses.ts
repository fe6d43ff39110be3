/** Where a parcel is, in our words; what stages and clients are told by. */
export const buckets = [
  'requested',
  'accepted',
  'created',
  'in-transit',
  'at-pickup',
  'courier',
  'delivered',
  'returned',
  'cancelled',
  'rejected',
] as const;
export type Bucket = (typeof buckets)[number];

const finals: ReadonlySet<Bucket> = new Set(['delivered', 'returned', 'cancelled', 'rejected']);

/** Whether nothing more comes of a parcel; what goes back is an order of its own. */
export const isFinal = (bucket: Bucket): boolean => finals.has(bucket);

/**
 * CDEK's codes by what they say. Two vocabularies are in use, one of them misspelt in three places, and which of them a
 * callback speaks is not written down anywhere: all are known here.
 */
const codes: Readonly<Record<Exclude<Bucket, 'requested'>, readonly string[]>> = {
  // Taken for validation, which may still find it invalid: no track number yet.
  accepted: ['ACCEPTED'],
  created: ['CREATED'],
  'in-transit': [
    'RECEIVED_AT_SHIPMENT_WAREHOUSE',
    'READY_FOR_SHIPMENT_IN_SENDER_CITY',
    'READY_TO_SHIP_AT_SENDING_OFFICE',
    // Back in the sender's city, on its way all the same: not a return to the shop.
    'RETURNED_TO_SENDER_CITY_WAREHOUSE',
    'RETURNED_TO_SENDER_WAREHOUSE',
    'TAKEN_BY_TRANSPORTER_FROM_SENDER_CITY',
    'TAKEN_BY_TRANSPORTER_FROM_SENDER_CIT',
    'PASSED_TO_CARRIER_AT_SENDING_OFFICE',
    'SENT_TO_TRANSIT_CITY',
    'SENT_TO_TRANSIT_CIT',
    'SEND_TO_TRANSIT_OFFICE',
    'ACCEPTED_IN_TRANSIT_CITY',
    'ACCEPTED_IN_TRANSIT_CIT',
    'MET_AT_TRANSIT_OFFICE',
    'ACCEPTED_AT_TRANSIT_WAREHOUSE',
    'ACCEPTED_AT_TRANSIT_WAREHOUS',
    'ACCEPTED_TO_OFFICE_TRANSIT_WAREHOUSE',
    'RETURNED_TO_TRANSIT_WAREHOUSE',
    'READY_FOR_SHIPMENT_IN_TRANSIT_CITY',
    'READY_TO_SHIP_IN_TRANSIT_OFFICE',
    'TAKEN_BY_TRANSPORTER_FROM_TRANSIT_CITY',
    'PASSED_TO_CARRIER_AT_TRANSIT_OFFICE',
    'SENT_TO_SENDER_CITY',
    'SEND_TO_SENDING_OFFICE',
    'ACCEPTED_IN_SENDER_CITY',
    'MET_AT_SENDING_OFFICE',
    'SENT_TO_RECIPIENT_CITY',
    'SEND_TO_RECIPIENT_OFFICE',
    'ACCEPTED_IN_RECIPIENT_CITY',
    'MET_AT_RECIPIENT_OFFICE',
    'ACCEPTED_AT_RECIPIENT_CITY_WAREHOUSE',
    'ACCEPTED_AT_DELIVERY_WAREHOUSE',
    'RETURNED_TO_RECIPIENT_CITY_WAREHOUSE',
    'RETURNED_TO_DELIVERY_WAREHOUSE',
    'ENTERED_TO_TRANSIT_WAREHOUSE',
    'ENTERED_TO_OFFICE_TRANSIT_WAREHOUSE',
    'ENTERED_TO_RECIPIENT_CITY_WAREHOUSE',
    'ENTERED_TO_DELIVERY_WAREHOUSE',
    'IN_CUSTOMS_INTERNATIONAL',
    'SHIPPED_TO_DESTINATION',
    'PASSED_TO_TRANSIT_CARRIER',
    'IN_CUSTOMS_LOCAL',
    'CUSTOMS_COMPLETE',
  ],
  'at-pickup': [
    'ACCEPTED_AT_PICK_UP_POINT',
    'ACCEPTED_AT_WAREHOUSE_ON_DEMAND',
    'ENTERED_TO_PICK_UP_POINT',
    'ENTERED_TO_WAREHOUSE_ON_DEMAND',
    'POSTOMAT_POSTED',
  ],
  courier: ['TAKEN_BY_COURIER', 'ISSUED_FOR_DELIVERY'],
  delivered: ['DELIVERED', 'POSTOMAT_RECEIVED'],
  returned: ['NOT_DELIVERED', 'POSTOMAT_SEIZED'],
  cancelled: ['REMOVED'],
  rejected: ['INVALID'],
};

const byCode: ReadonlyMap<string, Bucket> = new Map(
  buckets.flatMap((bucket) =>
    bucket === 'requested' ? [] : codes[bucket].map((code): [string, Bucket] => [code, bucket]),
  ),
);

/** What a code says of where a parcel is; nothing for one we do not know, which then changes nothing. */
export const bucketOf = (code: string): Bucket | undefined => byCode.get(code);

/** All codes that are known. */
export const knownCodes: readonly string[] = [...byCode.keys()];

const attempts = new Set(['RETURNED_TO_RECIPIENT_CITY_WAREHOUSE', 'RETURNED_TO_DELIVERY_WAREHOUSE']);

/** Whether it tells of an attempt to deliver that failed and will be repeated: somebody should know. */
export const isFailedAttempt = (code: string): boolean => attempts.has(code);

/** One line of a parcel's history. */
export type ParcelStatus = {
  readonly code: string;
  readonly at: string;
  readonly city?: string;
  /** CDEK's number of why it was not delivered */
  readonly reason?: string;
};

/** A line as it is heard: it may take back what was said. */
export type HeardStatus = ParcelStatus & { readonly deleted?: boolean };

const keyOf = ({ code, at }: ParcelStatus): string => `${at}#${code}`;

const rank = ({ code }: ParcelStatus): number => {
  const bucket = bucketOf(code);
  return bucket === undefined ? -1 : buckets.indexOf(bucket);
};

/** By time; of one instant, the earlier part of a parcel's life first. */
const inOrder = (a: ParcelStatus, b: ParcelStatus): number =>
  a.at < b.at ? -1 : a.at > b.at ? 1 : rank(a) - rank(b) || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0);

export type Heard = {
  /** all that holds, oldest first */
  readonly history: readonly ParcelStatus[];
  readonly bucket: Bucket;
  /** what was not known before, oldest first: to be told once */
  readonly news: readonly ParcelStatus[];
  /** codes nobody here knows: they change nothing, and belong into the log */
  readonly unknown: readonly string[];
  /** a final status that CDEK has taken back: the parcel keeps it, and a person has to look */
  readonly withdrawn: boolean;
};

/**
 * What a parcel's history is after some lines were heard: in any order, twice, or taking others back. The newest line that
 * holds says where the parcel is; once it has come to an end it stays there, whatever is heard.
 */
export const applyStatuses = (
  known: { readonly history: readonly ParcelStatus[]; readonly bucket: Bucket },
  heard: readonly HeardStatus[],
): Heard => {
  const before = new Set(known.history.map(keyOf));
  const gone = new Set(heard.filter(({ deleted }) => deleted === true).map(keyOf));
  const lines = new Map<string, ParcelStatus>();
  for (const line of known.history) lines.set(keyOf(line), line);
  for (const { deleted: _, ...line } of heard) if (!lines.has(keyOf(line))) lines.set(keyOf(line), line);
  for (const key of gone) lines.delete(key);
  const history = [...lines.values()].sort(inOrder);

  const told = history.flatMap(({ code }) => bucketOf(code) ?? []);
  const reached = told.find(isFinal) ?? told.at(-1) ?? known.bucket;
  // A parcel that is requested or accepted by us is not put back by a history that is still empty.
  const bucket = isFinal(known.bucket) ? known.bucket : reached;
  return {
    history,
    bucket,
    news: history.filter((line) => !before.has(keyOf(line))),
    unknown: [
      ...new Set(
        history.flatMap((line) =>
          bucketOf(line.code) === undefined && !before.has(keyOf(line)) ? [line.code] : [],
        ),
      ),
    ],
    withdrawn:
      isFinal(known.bucket) &&
      known.history.some((line) => gone.has(keyOf(line)) && bucketOf(line.code) === known.bucket),
  };
};
