import { randomUUID } from 'node:crypto';

const MAX_IN_ONE_MS = 0xfff;

let newest = 0;
let sequence = 0;

/**
 * A UUID version 7 (RFC 9562): the milliseconds since 1970, 12 bits that count the ids of one
 * millisecond, and 62 random bits. The ids of a process sort in the order in which they were made,
 * even if its clock is set back.
 */
export function timeOrderedId(now: number = Date.now()): string {
  if (now > newest) {
    newest = now;
    sequence = 0;
  } else if (sequence < MAX_IN_ONE_MS) {
    sequence += 1;
  } else {
    newest += 1;
    sequence = 0;
  }
  const time = newest.toString(16).padStart(12, '0');
  const count = sequence.toString(16).padStart(3, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count}${randomUUID().slice(18)}`;
}
