import type { Call } from '../shared/serve.ts';
import { serve } from '../shared/serve.ts';
import { decisionsRegister } from './decisions.ts';
import { getDesk, listDesks } from './desks.ts';
import { boardReport, debtsReport } from './figures-report.ts';
import { moneyReport } from './money-report.ts';
import { dealsReport, registerReport } from './register-report.ts';
import { disciplineReport, slaReport } from './sla-report.ts';

const report = async (call: Call<'reports.get'>) => {
  switch (call.params.report) {
    case 'board':
      return boardReport(call);
    case 'debts':
      return debtsReport(call);
    case 'money':
      return moneyReport(call);
    case 'sla':
      return slaReport(call);
    case 'discipline':
      return disciplineReport(call);
    case 'deals':
      return dealsReport(call);
    case 'payments':
    case 'signing':
    case 'documents':
      return registerReport(call.params.report, call);
    default:
      return call.params.report satisfies never;
  }
};

/** Reports and desks. */
export const handler = serve('reports-api', {
  'reports.get': report,
  'registers.decisions': decisionsRegister,
  'desks.list': listDesks,
  'desks.get': getDesk,
});
