import { see } from '../../walkthroughs/scenario.ts';
import { callerOn } from '../caller.ts';
import { eventually, person, type Scene } from './scene.ts';

const times = 1000;
/** More at once wait in the emulator's own queue, and a process of its own would be started for each. */
const atOnce = 32;

export const repeated: Scene = {
  name: `one POST ${times} times under one idempotency key`,
  async play(cloud) {
    const call = callerOn(cloud);
    const pavel = person(cloud, 'pavel');
    const title = 'Asked for a thousand times';
    const body = { pipeline: 'goods', title, fields: { payerKind: 'legal' } };
    const answers = new Map<string, number>();
    let left = times;
    const post = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        const { status, body: answer } = await call('pavel', 'POST', '/v1/deals', body, {
          'idempotency-key': 'a-thousand-times',
        });
        const line = status < 300 ? `${status} ${(answer as { id: string }).id}` : String(status);
        answers.set(line, (answers.get(line) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, post));

    const made = [...answers.keys()].filter((line) => line.startsWith('2'));
    see('deals answered', made.length, 1);
    see(
      'answers that are no deal',
      [...answers.keys()].filter((line) => !/^(2\d\d .*|409|429|503)$/.test(line)),
      [],
    );
    const found = await eventually('the deal on the board', async () => {
      const { items } = await pavel.ok<{ items: { title: string }[] }>(
        'GET',
        '/v1/deals?pipeline=goods&limit=200',
      );
      return items.some((one) => one.title === title) ? items : undefined;
    });
    see('deals of that title', found.filter((one) => one.title === title).length, 1);
    const told = [...answers].map(([line, count]) => `${count}x ${line.split(' ')[0]}`).join(', ');
    return `one deal; answers: ${told}`;
  },
};
