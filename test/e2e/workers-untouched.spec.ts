import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

const HOST_WORKER = join(__dirname, '../support/apps/host-worker.mjs');
const WATCHER = join(__dirname, '../../dist/esm/intake/local-variables/local-variables.worker.js');

// The file of our own worker stands for a bundle that has it in every chunk.
describe.each([
  ['the package', 'nestjs-error-tracker'],
  ['the file of our own worker', pathToFileURL(WATCHER).href],
])("a worker thread of the application's own that loads %s", (_what, loads) => {
  const start = (answers: boolean) => new Worker(HOST_WORKER, { workerData: { loads, answers } });

  it('ends when it has nothing left to do', async () => {
    const worker = start(false);
    expect(await once(worker, 'exit')).toEqual([0]);
  });

  it('gets the message that was posted while it started', async () => {
    const worker = start(true);
    worker.postMessage('job 1');
    expect(await once(worker, 'message')).toEqual(['got job 1']);
    expect(await once(worker, 'exit')).toEqual([0]);
  });
});
