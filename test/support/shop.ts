import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually.js';
import { freePort } from './free-port.js';
import { http } from './http.js';

export interface Shop {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts the built sample as `npm start` does, with a data folder and a port of its own. */
export async function startShop(): Promise<Shop> {
  const port = await freePort();
  const url = `http://localhost:${String(port)}`;
  const data = mkdtempSync(join(tmpdir(), 'error-tracker-shop-'));
  const child = spawn(process.execPath, [join(__dirname, '../../sample/dist/main.js')], {
    env: { ...process.env, NODE_ENV: 'development', PORT: String(port), DATA: data },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exited = once(child, 'exit');
  await eventually(async () => {
    if (child.exitCode !== null) throw new Error('The shop ended.');
    expect((await http(url)).status).toBe(200);
  });
  return {
    url,
    async stop() {
      child.kill('SIGTERM');
      await exited;
      rmSync(data, { recursive: true, force: true });
    },
  };
}
