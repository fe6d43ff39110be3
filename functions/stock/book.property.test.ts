import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DealId } from '../../schemas/ids.ts';
import { instantOf } from '../../schemas/time.ts';
import { footwear } from '../../statemachines/packs/footwear/index.ts';
import { companyOf } from '../access/company.ts';
import { type Context, contextFor } from '../deals/context.ts';
import { bareCard, newDeal } from '../deals/new-deal.ts';
import { createMemoryTable } from '../shared/table/table-memory.ts';
import { mustBeStocked, stockItemOf, stockRow } from './article.ts';
import { bookStock } from './book.ts';

const now = new Date('2026-02-02T08:00:00Z');
const company = companyOf([footwear], []);
const context: Context = contextFor('footwear-order', {
  now,
  by: { system: 'test' },
  reader: undefined,
  company,
});
const pipeline = mustBeStocked(context.pipeline);
const counted = 4;
const sizes = ['38', '39', '40'];
const stages = ['negotiation', 'advance-check', 'ready-to-ship', 'in-transit', 'return', 'refused'];

const line = fc.record({
  size: fc.constantFrom(...sizes),
  qty: fc.integer({ min: 1, max: 3 }),
  fromStock: fc.boolean(),
});
type Line = { size: string; qty: number; fromStock: boolean; sent?: boolean; returned?: boolean };
const act = fc.record({
  order: fc.integer({ min: 0, max: 2 }),
  stage: fc.constantFrom(...stages),
  add: fc.option(line, { nil: undefined }),
  /** takes a line that was sent back */
  back: fc.boolean(),
});

test('the warehouse always holds what was counted, less what left it and more what came back, and promises what is promised; never more than there is', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 25 }), async (acts) => {
      const table = createMemoryTable({ now: () => now });
      await table.batch(
        sizes.map((size) => ({
          put: stockRow(pipeline, {
            pipeline: pipeline.id,
            article: { model: 'Boots', size, colour: 'black' },
            quantity: counted,
            reserved: 0,
            version: 1,
            changedAt: instantOf(now),
          }),
        })),
      );
      const orders = [0, 1, 2].map((n) =>
        bareCard(newDeal({ id: DealId.parse(`d${n}`), number: `FW-${n}`, title: 'x' }, context)),
      );
      for (const { order, stage, add, back } of acts) {
        const before =
          orders[order] ?? bareCard(newDeal({ id: DealId.parse('d'), number: '', title: 'x' }, context));
        const old = (before.deal.fields.items ?? []) as unknown as Line[];
        const lines = old.map((one) => (back && one.sent === true ? { ...one, returned: true } : one));
        const items = [
          ...lines,
          ...(add === undefined ? [] : [{ ...add, model: 'Boots', colour: 'black', price: 1 }]),
        ];
        const fields = items.length === 0 ? {} : { items };
        const after = { ...before, deal: { ...before.deal, stage, fields: fields as never } };
        const booked = await bookStock(before, after, context, table);
        if (!booked.ok) continue;
        if (booked.value.writes.length > 0) await table.transact(booked.value.writes);
        orders[order] = booked.value.card as never;
      }

      const { items: rows } = await table.query({ pk: 'STOCK#footwear-order' });
      for (const { article, quantity, reserved } of rows.map(stockItemOf)) {
        const of = orders.flatMap(({ deal }) =>
          ((deal.fields.items ?? []) as unknown as Line[])
            .filter(({ size }) => size === article.size)
            .map((one) => ({ ...one, stage: deal.stage })),
        );
        const sum = (lines: Line[]) => lines.reduce((total, { qty }) => total + qty, 0);
        const left = sum(of.filter(({ sent, fromStock }) => sent === true && fromStock));
        const came = sum(of.filter(({ sent, returned }) => sent === true && returned === true));
        const promised = sum(
          of.filter(
            ({ sent, fromStock, stage }) =>
              sent !== true && fromStock && ['advance-check', 'ready-to-ship', 'return'].includes(stage),
          ),
        );
        expect({ quantity, reserved }).toEqual({ quantity: counted + came - left, reserved: promised });
        expect(reserved).toBeLessThanOrEqual(quantity);
      }
    }),
    { numRuns: 60 },
  );
});
