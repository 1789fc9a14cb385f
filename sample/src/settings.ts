import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const port = Number(process.env.PORT ?? 3000);

/**
 * The folder `sample`. The shop writes only into its `data` folder, or into the one that `DATA`
 * names.
 */
const root = join(import.meta.dirname, '..');
const data = process.env.DATA ?? join(root, 'data');
mkdirSync(data, { recursive: true });

export const SETTINGS = {
  port,
  /** Loopback. `HOST=0.0.0.0` opens the shop to the network; the dashboard stays closed there. */
  host: process.env.HOST ?? '127.0.0.1',
  /** The address in mails and tickets. It is fixed, never taken from a request. */
  publicUrl: `http://localhost:${port}`,
  root,
  shopDatabase: join(data, 'shop.sqlite'),
  trackerDatabase: join(data, 'error-tracker.sqlite'),
} as const;
