import { needs, pipeline, t } from '../../vocabulary/index.ts';
import { archive, awaitingShipment, completedSuccess, dealClosing } from './closing.ts';
import { dealFields } from './deal-fields.ts';
import { clientDeciding, newRequest, onHold, refused, sendQuote } from './quoting.ts';
import { noContractFile, overShipped } from './refusals.ts';
import { reselection, selectionNeeded } from './selecting.ts';
import { heads } from './who.ts';

/** Commercial air-conditioning: from the client's request to the system delivered, with or without the designers. */
export const deals = pipeline({
  id: 'climate-sales',
  kind: 'deal',
  title: t('Объекты', 'Deals'),
  prefix: 'CL',
  start: 'new-request',
  worth: 'dealTotalUsd',
  assignedBy: heads,
  checks: [
    {
      id: 'contract-file',
      on: ['contractState', 'contractFile'],
      condition: "$exists(contractState) = false or contractState != 'ready' or $exists(contractFile)",
      refusal: noContractFile,
      unmet: 'refuse',
      ...needs('CL-06.6'),
    },
    {
      id: 'over-shipped',
      on: ['shippedUsd'],
      condition: '$exists(dealTotalUsd) = false or shippedUsd <= dealTotalUsd',
      refusal: overShipped,
      unmet: 'warn',
      ...needs('CL-53.3'),
    },
  ],
  fields: dealFields,
  stages: {
    'new-request': newRequest,
    'selection-needed': selectionNeeded,
    reselection,
    'send-quote': sendQuote,
    'client-deciding': clientDeciding,
    'deal-closing': dealClosing,
    'awaiting-shipment': awaitingShipment,
    'completed-success': completedSuccess,
    archive,
    'on-hold': onHold,
    refused,
  },
  ...needs('CL-00.1', 'CL-00.2', 'CL-00.8', 'CL-06.4', 'CL-06.5', 'CL-06.7', 'CL-06.12', 'CL-07.4'),
});
