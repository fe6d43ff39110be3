import { expect, test } from 'vitest';
import { jsonLines } from './json-lines.ts';

const aLog = (level = 'info', around: object = {}) => {
  const lines: string[] = [];
  const log = jsonLines({
    level,
    around: () => around,
    shown: { error: (error) => (error instanceof Error ? error.message : 'odd') },
    write: (line) => void lines.push(line),
  });
  return { log, lines };
};

test('a line is one object: its level, what is around it, its own members, its words', () => {
  const { log, lines } = aLog('info', { deal: 'd1', route: 'old' });

  log.warn({ route: 'new', error: new Error('busy') }, 'not now');

  expect(lines).toEqual(['{"level":"warn","deal":"d1","route":"new","error":"busy","msg":"not now"}\n']);
});

test('words alone are a line too', () => {
  const { log, lines } = aLog();

  log.info('started');

  expect(lines).toEqual(['{"level":"info","msg":"started"}\n']);
});

test('lines below the level are not written, from it on they are', () => {
  const { log, lines } = aLog('warn');

  log.info({}, 'below');
  log.warn({}, 'just so');
  log.error({}, 'above');

  expect(lines.map((line) => JSON.parse(line).msg)).toEqual(['just so', 'above']);
});

test('the level can be changed, and silence asked for', () => {
  const { log, lines } = aLog('silent');

  log.error({}, 'unheard');
  log.level = 'debug';
  log.debug({}, 'heard');

  expect([log.level, log.isLevelEnabled('debug'), lines.length]).toEqual(['debug', true, 1]);
});

test('an unknown level is refused with those there are', () => {
  expect(() => aLog('loud')).toThrow('log level "loud": there is debug, info, warn, error, silent');
});

test('what cannot be printed does not fail the work', () => {
  const { log, lines } = aLog('info', { deal: 'd1' });

  log.info({ amount: 1n }, 'paid');

  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'info', deal: 'd1', msg: 'paid' });
});
