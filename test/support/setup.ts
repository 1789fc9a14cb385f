import 'reflect-metadata';
import { subscribe } from 'node:diagnostics_channel';

// Every file of tests loads the library anew, and what an earlier copy held is collected: see
// HELD_CHANNELS.
for (const name of ['undici:request:create', 'undici:request:headers', 'undici:request:error']) {
  subscribe(name, () => undefined);
}
