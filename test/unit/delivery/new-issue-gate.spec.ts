import { NewIssueGate } from '../../../lib/delivery/new-issue-gate.js';

const fingerprint = (bug: string) => ({ hash: bug.padEnd(64, '0'), algorithm: 'v1', key: bug });

/** What the accumulator does with an event of a bug that it does not know. */
function happen(gate: NewIssueGate, bug: string, at: number, type = 'Error') {
  const placed = gate.fingerprintFor(fingerprint(bug), type, at);
  gate.pass(placed);
  return placed;
}

it('admits so many a minute, and puts the others together by type', () => {
  const gate = new NewIssueGate(2);
  expect(happen(gate, 'a', 0)).toEqual(fingerprint('a'));
  expect(happen(gate, 'b', 59_999)).toEqual(fingerprint('b'));
  const overflow = happen(gate, 'c', 59_999);
  expect(overflow.algorithm).toBe('overflow');
  expect(overflow.hash).toMatch(/^[0-9a-f]{64}$/);
  expect(happen(gate, 'd', 59_999)).toEqual(overflow);
  expect(happen(gate, 'e', 59_999, 'TypeError').hash).not.toBe(overflow.hash);
  expect(happen(gate, 'f', 60_000)).toEqual(fingerprint('f'));
});

it('counts bugs, not their events', () => {
  const gate = new NewIssueGate(2);
  for (let event = 0; event < 10; event++) expect(happen(gate, 'a', 0)).toEqual(fingerprint('a'));
  expect(happen(gate, 'b', 0)).toEqual(fingerprint('b'));
  expect(happen(gate, 'a', 0)).toEqual(fingerprint('a'));
});

it('does not count what nobody keeps, nor what the database knew', () => {
  const gate = new NewIssueGate(1);
  for (const bug of ['a', 'b'])
    expect(gate.fingerprintFor(fingerprint(bug), 'Error', 0)).toEqual(fingerprint(bug));
  happen(gate, 'c', 0);
  gate.learn(fingerprint('c').hash, false);
  expect(happen(gate, 'd', 0)).toEqual(fingerprint('d'));
  expect(happen(gate, 'e', 0).algorithm).toBe('overflow');
});

it('keeps the place of a bug of its own, however often it happens again', () => {
  const gate = new NewIssueGate(1);
  happen(gate, 'a', 0);
  gate.learn(fingerprint('a').hash, true);
  // The issue is there when the bug is stored for the second time.
  gate.learn(fingerprint('a').hash, false);
  expect(happen(gate, 'b', 0).algorithm).toBe('overflow');
});

it('gives no place to a bug that it did not let through', () => {
  const gate = new NewIssueGate(1);
  happen(gate, 'a', 0);
  gate.learn(fingerprint('of the last minute').hash, true);
  expect(happen(gate, 'b', 60_000)).toEqual(fingerprint('b'));
});

it('has an end of types, too', () => {
  const gate = new NewIssueGate(1);
  happen(gate, 'a', 0);
  const hashes = Array.from({ length: 100 }, (_, n) => happen(gate, 'b', 0, `Error${String(n)}`).hash);
  expect(new Set(hashes).size).toBe(21);
});
