import { setTimeout as pause } from 'node:timers/promises';
import { LagGuard } from '../../../lib/delivery/lag-guard.js';

function block(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

it('notices an event loop that does not turn, and that it turns again', async () => {
  const guard = new LagGuard(0);
  guard.start();
  try {
    await pause(10);
    block(900);
    await pause(1);
    expect(guard.isLagging).toBe(true);
    await pause(700);
    expect(guard.isLagging).toBe(false);
  } finally {
    guard.stop();
  }
});

it('says nothing of an application that starts', async () => {
  const guard = new LagGuard();
  guard.start();
  await pause(10);
  block(900);
  await pause(1);
  expect(guard.isLagging).toBe(false);
  guard.stop();
});
