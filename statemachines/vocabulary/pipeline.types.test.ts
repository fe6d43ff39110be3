import { expectTypeOf, test } from 'vitest';
import {
  choose,
  field,
  filled,
  goto,
  hours,
  is,
  move,
  needs,
  type PipelineWords,
  parallel,
  pipeline,
  responsible,
  set,
  t,
  task,
  thread,
  value,
  when,
} from './index.ts';

const title = t('Имя', 'Name');
const frame = { id: 'sales', kind: 'deal', title, prefix: 'S' } as const;
const fields = { amount: field.money(title, 'RUB'), sentAt: field.date(title) };
const contract = { title, aim: title, outcome: 'won', moves: [] } as const;

test('stages and fields of a pipeline are known by their keys', () => {
  const sales = pipeline({
    ...frame,
    start: 'quote',
    worth: 'amount',
    fields,
    stages: {
      quote: {
        title,
        aim: title,
        enter: { required: ['amount'], ...needs('X-1') },
        work: [
          task('send', { title, who: responsible, due: hours(1), fields: ['amount'], stamp: 'sentAt' }),
          choose('answer', [when(filled('sentAt'), goto('contract'))], {
            otherwise: [set('again', { amount: value(null) })],
          }),
          parallel('both', [[goto('contract')], [task('call', { title, who: responsible })]]),
        ],
        on: [thread('t', { title, work: [goto('contract', { when: is('amount', 1) })] })],
        moves: [move('contract', ['responsible'])],
      },
      contract,
    },
  });

  expectTypeOf(sales).toEqualTypeOf<PipelineWords<'quote' | 'contract', 'amount' | 'sentAt'>>();
});

test('a stage that does not exist does not compile, wherever it is named', () => {
  const stage = { title, aim: title, moves: [] };

  // @ts-expect-error the start is no stage
  pipeline({ ...frame, start: 'qoute', fields, stages: { quote: stage, contract } });
  pipeline({
    ...frame,
    start: 'quote',
    fields,
    stages: {
      // @ts-expect-error no such stage to go to
      quote: { ...stage, work: [goto('contrct')] },
      contract,
    },
  });
  pipeline({
    ...frame,
    start: 'quote',
    fields,
    stages: {
      // @ts-expect-error no such stage inside a choice
      quote: { ...stage, work: [choose('c', [when('true', goto('contrct'))])] },
      contract,
    },
  });
  pipeline({
    ...frame,
    start: 'quote',
    fields,
    stages: {
      // @ts-expect-error no such stage in a thread
      quote: { ...stage, on: [thread('t', { title, work: [goto('contrct')] })] },
      contract,
    },
  });
  pipeline({
    ...frame,
    start: 'quote',
    fields,
    // @ts-expect-error no such stage to move to
    stages: { quote: { ...stage, moves: [move('contrct', ['head'])] }, contract },
  });
});

test('a field that does not exist does not compile in a form, a stamp, a requirement or a set', () => {
  const stage = { title, aim: title, moves: [] };

  pipeline({
    ...frame,
    start: 'quote',
    fields,
    stages: {
      // @ts-expect-error no such field in the form
      quote: { ...stage, work: [task('send', { title, who: responsible, fields: ['amuont'] })] },
      contract,
    },
  });
  pipeline({
    ...frame,
    start: 'quote',
    fields,
    // @ts-expect-error no such field to require
    stages: { quote: { ...stage, enter: { required: ['amuont'] } }, contract },
  });
  pipeline({
    ...frame,
    start: 'quote',
    fields,
    stages: {
      // @ts-expect-error no such field to write
      quote: { ...stage, work: [set('clear', { amuont: value(null) })] },
      contract,
    },
  });
  // @ts-expect-error a pipeline is not worth a field it lacks
  pipeline({ ...frame, start: 'quote', worth: 'amuont', fields, stages: { quote: stage, contract } });
});
