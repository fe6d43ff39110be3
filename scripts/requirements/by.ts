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
  'CO-00.1': 'functions/admin/client-cards.ts',
  'CO-00.2': 'functions/contacts/contacts.ts',
  'CO-00.5': 'functions/reports/feed.ts',
  'CO-05.1': 'functions/deals/follow.ts',
  'CO-51.2': 'functions/deals/follow.ts',
  'CO-51.3': 'functions/deals/rates.ts',
  'CO-51.10': 'functions/reports/decisions.ts',
  'CO-53.2': 'functions/reports/keep.ts',
  'CO-53.3': 'functions/reports/worth.ts',
  'CO-53.4': 'functions/reports/worth.ts',
  'CO-54.1': 'functions/contacts/holding.ts',
  'CO-54.2': 'functions/contacts/holding.ts',
  'CO-54.3': 'functions/contacts/holding.ts',
  'CO-54.4': 'functions/contacts/holding.ts',
  'CO-55.2': 'functions/workflow/follow.ts',
};
