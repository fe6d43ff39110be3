import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** A Chromium of this machine: what `CHROMIUM` names, or one of the usual commands; nothing where there is none. */
export const chromiumHere = (): string | undefined =>
  [process.env.CHROMIUM, ...names].find((name) => {
    if (name === undefined || name === '') return false;
    try {
      execFileSync(name, ['--version'], { stdio: 'ignore' });
      return true;
    } catch {
      return false; // no such command here
    }
  });

const Said = z.object({
  id: z.int().optional(),
  method: z.string().optional(),
  sessionId: z.string().optional(),
  result: z.record(z.string(), z.unknown()).optional(),
  error: z.object({ message: z.string() }).optional(),
});

const patienceMs = 30_000;

/** A page as somebody looks at it. */
export type Page = {
  /** opens an address and waits until all of it is there. @returns its title */
  open(url: string): Promise<string>;
  /** what a script in the page comes to; a page may forbid its own, and not ours */
  evaluate(script: string): Promise<unknown>;
  /** does what leads to another page, and waits until all of it is there */
  leave(script: string): Promise<void>;
  /** how wide the window is, and whether it is night */
  look(width: number, scheme: 'light' | 'dark'): Promise<void>;
  /** presses a key, as a person at a keyboard does */
  key(key: 'Tab' | 'Enter'): Promise<void>;
  /** a picture of the whole page */
  picture(file: string): Promise<void>;
  close(): Promise<void>;
};

const within = <T>(what: string, promise: Promise<T>): Promise<T> =>
  new Promise((done, failed) => {
    const timer = setTimeout(() => failed(new Error(`Chromium: ${what} takes more than 30 s`)), patienceMs);
    promise.then(done, failed).finally(() => clearTimeout(timer));
  });

/** Starts a Chromium without a window and speaks its DevTools protocol; it goes with `close`, and its profile with it. */
export const browse = async (command: string): Promise<Page> => {
  const profile = mkdtempSync(join(tmpdir(), 'voronka-browser-'));
  const browser = spawn(
    command,
    [
      '--headless=new',
      '--no-sandbox', // root has none, and it opens pages of this machine alone
      '--disable-gpu',
      '--hide-scrollbars',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const address = await within(
    'starting',
    new Promise<string>((found, failed) => {
      let said = '';
      browser.stderr.on('data', (chunk) => {
        said += String(chunk);
        const [, url] = /DevTools listening on (ws:\S+)/.exec(said) ?? [];
        if (url !== undefined) found(url);
      });
      browser.once('exit', (code) => failed(new Error(`${command} ended with ${code}: ${said}`)));
    }),
  );
  const socket = new WebSocket(address);
  await within(
    'connecting',
    new Promise((opened) => socket.addEventListener('open', opened, { once: true })),
  );
  const waiting = new Map<number, (said: z.infer<typeof Said>) => void>();
  const listeners = new Set<(method: string) => void>();
  socket.addEventListener('message', ({ data }) => {
    const said = Said.parse(JSON.parse(String(data)));
    if (said.id !== undefined) waiting.get(said.id)?.(said);
    else for (const listen of listeners) listen(said.method ?? '');
  });
  let asked = 0;
  let sessionId: string | undefined;
  const ask = (method: string, params: Record<string, unknown> = {}): Promise<Record<string, unknown>> => {
    asked += 1;
    const id = asked;
    return within(
      method,
      new Promise((done, failed) => {
        waiting.set(id, ({ result = {}, error }) => {
          waiting.delete(id);
          if (error === undefined) done(result);
          else failed(new Error(`Chromium: ${method}: ${error.message}`));
        });
        socket.send(
          JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) }),
        );
      }),
    );
  };
  const { targetId } = await ask('Target.createTarget', { url: 'about:blank' });
  const attached = await ask('Target.attachToTarget', { targetId, flatten: true });
  sessionId = String(attached.sessionId);
  await ask('Page.enable');
  const loaded = (act: () => Promise<unknown>): Promise<void> =>
    within(
      'loading a page',
      new Promise((done, failed) => {
        const listen = (method: string) => {
          if (method !== 'Page.loadEventFired') return;
          listeners.delete(listen);
          done();
        };
        listeners.add(listen);
        act().catch(failed);
      }),
    );
  const evaluate = async (expression: string): Promise<unknown> => {
    const { result, exceptionDetails } = await ask('Runtime.evaluate', { expression, returnByValue: true });
    if (exceptionDetails !== undefined) throw new Error(`the page: ${JSON.stringify(exceptionDetails)}`);
    return z.object({ value: z.unknown() }).partial().parse(result).value;
  };
  const keys = { Tab: { code: 9, text: '' }, Enter: { code: 13, text: '\r' } };
  return {
    open: async (url) => {
      await loaded(() => ask('Page.navigate', { url }));
      return String(await evaluate('document.title'));
    },
    evaluate,
    leave: (script) => loaded(() => evaluate(script)),
    look: async (width, scheme) => {
      await ask('Emulation.setDeviceMetricsOverride', {
        width,
        height: 800,
        deviceScaleFactor: 1,
        mobile: width < 500,
      });
      await ask('Emulation.setEmulatedMedia', {
        features: [{ name: 'prefers-color-scheme', value: scheme }],
      });
    },
    key: async (key) => {
      const { code: windowsVirtualKeyCode, text } = keys[key];
      await ask('Input.dispatchKeyEvent', {
        type: text === '' ? 'rawKeyDown' : 'keyDown',
        key,
        windowsVirtualKeyCode,
        text,
      });
      await ask('Input.dispatchKeyEvent', { type: 'keyUp', key, windowsVirtualKeyCode });
    },
    picture: async (file) => {
      const { data } = await ask('Page.captureScreenshot', { format: 'png', captureBeyondViewport: true });
      await writeFile(file, Buffer.from(String(data), 'base64'));
    },
    close: async () => {
      socket.close();
      const ended = new Promise((gone) => browser.once('exit', gone));
      browser.kill();
      await ended;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
};
