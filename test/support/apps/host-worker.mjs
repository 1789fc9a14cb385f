// A worker thread of the application's own, which loads what `workerData` names and then answers one
// message, if it is told to wait for one.
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

await import(workerData.loads);
// As an application that boots: messages wait until somebody listens.
await sleep(100);
if (workerData.answers) {
  parentPort.once('message', (message) => {
    parentPort.postMessage(`got ${message}`);
    parentPort.close();
  });
}
