import { NewIssueGate } from '../../../lib/delivery/new-issue-gate.js';

const fingerprint = (bug: string) => ({ hash: bug.padEnd(64, '0'), algorithm: 'v1', key: bug });

it('admits so many a minute, and puts the others together by type', () => {
  const gate = new NewIssueGate(2);
  expect(gate.admit(fingerprint('a'), 'Error', 0)).toEqual(fingerprint('a'));
  expect(gate.admit(fingerprint('b'), 'Error', 59_999)).toEqual(fingerprint('b'));
  const overflow = gate.admit(fingerprint('c'), 'Error', 59_999);
  expect(overflow.algorithm).toBe('overflow');
  expect(overflow.hash).toMatch(/^[0-9a-f]{64}$/);
  expect(gate.admit(fingerprint('d'), 'Error', 59_999)).toEqual(overflow);
  expect(gate.admit(fingerprint('e'), 'TypeError', 59_999).hash).not.toBe(overflow.hash);
  expect(gate.admit(fingerprint('f'), 'Error', 60_000)).toEqual(fingerprint('f'));
});

it('has an end of types, too', () => {
  const gate = new NewIssueGate(1);
  gate.admit(fingerprint('a'), 'Error', 0);
  const hashes = Array.from(
    { length: 100 },
    (_, n) => gate.admit(fingerprint('b'), `Error${String(n)}`, 0).hash,
  );
  expect(new Set(hashes).size).toBe(21);
});
