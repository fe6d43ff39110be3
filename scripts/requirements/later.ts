/** A requirement that stands on something outside, or is a report to come. */
export type Later = {
  /** part of the title of the test that proves what the rest will stand on, or a requirement whose tests do */
  readonly seam: string;
  /** why there is no more of it */
  readonly reason: string;
};

/** Requirements of which only the seam is built: the event, the port or the facts that the rest takes up. */
export const later: Readonly<Record<string, Later>> = {
  // climate
  'CL-70.1': {
    seam: 'what reports of deals will count is kept',
    reason:
      'the report comes with the reports; a deal knows its stage, since when, its manager and its total',
  },
  'CL-70.2': {
    seam: 'CL-52.2',
    reason: 'the report comes with the reports; money is kept by day in both currencies, shipments too',
  },
  'CL-70.3': {
    seam: 'CL-50.20',
    reason: 'the report comes with the reports; a calculation keeps who did it, its level and its reason',
  },
  'CL-70.4': {
    seam: 'what reports of deals will count is kept',
    reason: 'the report comes with the reports; a refusal keeps its reason, its manager and its day',
  },
  'CL-70.5': {
    seam: 'CL-08.3',
    reason: 'the report comes with the reports; bonuses are kept by person, day and state',
  },
  'CL-70.6': {
    seam: 'CL-09.1',
    reason: 'the register comes with the reports; the serial document and both days are on the deal',
  },
  'CL-80.1': {
    seam: 'CL-00.5',
    reason: 'a gazetteer of a few streets stands at the port of places; outside maps take its place there',
  },
  'CL-80.3': {
    seam: 'CL-54.5',
    reason: 'people are told in the app; another channel takes the same message from the bus',
  },
  'CL-80.4': {
    seam: 'CL-06.12',
    reason: 'the number and the total of the order are entered by hand, as the company does it',
  },
  'CL-80.5': {
    seam: 'CL-01.4',
    reason: 'requests of all channels come by one event of the port, and a channel is switched by a setting',
  },
  // furniture
  'FU-70.1': {
    seam: 'what reports of orders will count is kept',
    reason: 'the panel comes with the reports; an order knows its stage, since when, and its manager',
  },
  'FU-70.2': {
    seam: 'what reports of orders will count is kept',
    reason: 'the report comes with the reports; every stage entry and the day of each work done are kept',
  },
  'FU-70.3': {
    seam: 'what reports of orders will count is kept',
    reason: 'the report comes with the reports; visits are kept by person, uploads by time, rework by round',
  },
  'FU-70.4': {
    seam: 'what reports of orders will count is kept',
    reason:
      'the report comes with the reports; manager, segment, total and the reason of a cancellation are kept',
  },
  // footwear
  'FW-70.1': {
    seam: 'payments are kept by day and account',
    reason: 'a report of its own comes with the reports; the sums by day and account are kept',
  },
  'FW-70.2': {
    seam: 'payments are kept by day and account',
    reason: 'grouping and filters of the accountant come with the reports; the sums are kept',
  },
  'FW-70.3': {
    seam: 'FW-03.4',
    reason:
      'the report comes with the reports; an order knows the date of its sale, its manager and its total',
  },
  'FW-70.4': {
    seam: 'FW-09.3',
    reason: 'the report comes with the reports; percents are settings, and pay is granted by them',
  },
  'FW-70.5': {
    seam: 'FW-03.4',
    reason:
      'the report comes with the reports; an order knows the date of its sale, its manager and its total',
  },
  'FW-70.6': {
    seam: 'and pay by its day, person and state',
    reason: 'the report comes with the reports; pay is kept by the day of payment, person and state',
  },
  'FW-70.7': {
    seam: 'FW-52.1',
    reason: 'the report comes with the reports; the warehouse is read by model, size and colour',
  },
  // coffee
  'CO-70.1': {
    seam: 'CO-51.10',
    reason: 'the register is there and is filtered; its page comes with the reports',
  },
  'CO-70.2': {
    seam: 'CO-52.12',
    reason: 'sheets are there, deal by deal; a report of them comes with the reports',
  },
  'CO-70.3': {
    seam: 'CO-53.3',
    reason: 'the total of a company and the companies of a holding are kept; the list comes with the reports',
  },
  'CO-70.4': {
    seam: 'CO-50.1',
    reason: 'a lead keeps when it was named and how high it was told of; the report comes with the reports',
  },
  'CO-70.5': {
    seam: 'CO-55.2',
    reason: 'deals carry stage, category, brands and discounts; their report comes with the reports',
  },
};
