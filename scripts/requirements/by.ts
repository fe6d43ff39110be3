/** Where a requirement is carried out that no element of a pack can say of itself: the file that does it. */
export const by: Readonly<Record<string, string>> = {
  // climate
  // furniture
  'FU-00.5': 'functions/access/columns.ts',
  'FU-00.7': 'functions/deals/move.ts',
  'FU-00.8': 'functions/reports/visits.ts',
  'FU-00.9': 'functions/admin/pipelines.ts',
  'FU-70.1': 'schemas/deal.ts',
  'FU-70.2': 'functions/reports/feed.ts',
  'FU-70.3': 'functions/visits/busy.ts',
  'FU-70.4': 'schemas/deal.ts',
  'FU-80.1': 'statemachines/packs/furniture/fields.ts',
  // footwear
  // coffee
};
