import autocannon from 'autocannon';
import { once } from 'node:events';

const CONNECTIONS = 50;

/**
 * Sends `amount` requests as fast as they are answered; throws unless every one is answered with
 * `status`.
 */
export async function send(app, path, status, amount) {
  const limits = { amount, duration: 60, timeout: 20 };
  const began = performance.now();
  let ended = began;
  const run = autocannon({ url: app.url + path, connections: CONNECTIONS, ...limits }, () => undefined);
  // autocannon's own duration is in whole seconds or nearly so.
  run.on('response', () => (ended = performance.now()));
  const [result] = await once(run, 'done');
  const answered = result.statusCodeStats[status]?.count ?? 0;
  if (answered !== amount) {
    throw new Error(
      `${app.name} ${path}: ${answered} of ${amount} answered ${status}, ${result.errors} errors`,
    );
  }
  return { perSecond: (amount * 1000) / (ended - began) };
}
