import { commanded, lastLine } from '../command.ts';
import type { Scene } from './scene.ts';

export const smoked: Scene = {
  name: 'npm run smoke, as against a real deployment',
  async play(cloud) {
    const token = await cloud.tokenOf('admin');
    const text = await commanded(cloud.emulator, 'smoke', ['--url', cloud.api], { VORONKA_TOKEN: token });
    return lastLine(text);
  },
};
