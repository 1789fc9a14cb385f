import type { ExceptionInfo } from '../event/error-event.js';
import { HOLE, messageTemplate } from './message-template.js';

type Facts = ExceptionInfo['facts'];

/**
 * Facts that name the kind of failure. `schema` is not among them, for in many applications it is
 * the tenant's name.
 */
const KEYS = [
  'code',
  'syscall',
  'sqlState',
  'constraint',
  'table',
  'column',
  'status',
  'statusCode',
] as const;
/** From here on the operating system hands out a new port for every connection. */
const FIRST_EPHEMERAL_PORT = 32_768;
const CODE_LIKE = /^(?!\d{7})(?![\da-f]{8}-[\da-f]{4}-)[\w.:/$-]{1,100}$/i;

/** The parts of a fingerprint that typed facts give. */
export function factParts(facts: Facts): readonly string[] {
  const parts: string[] = [];
  for (const key of KEYS) {
    const value = facts[key];
    if (value !== undefined) parts.push(`${key} ${factKey(value)}`);
  }
  // Names of fields and rules, without values.
  if (facts.invalid !== undefined) parts.push(`invalid ${facts.invalid}`);
  if (facts.code === undefined && facts.errno !== undefined) parts.push(`errno ${factKey(facts.errno)}`);
  return parts;
}

/** The service that failed. It counts for stacks that do not lead into the application. */
export function destinationParts(facts: Facts): readonly string[] {
  const { hostname, port } = facts;
  const parts: string[] = [];
  if (typeof hostname === 'string' && /[a-z]/i.test(hostname) && !hostname.includes(':'))
    parts.push(`host ${hostname}`);
  if (typeof port === 'number' && port < FIRST_EPHEMERAL_PORT) parts.push(`port ${port}`);
  return parts;
}

/**
 * Whether the message only repeats the facts, with data or in another language, as those of
 * operating systems, databases and validators do.
 */
export function factsReplaceMessage(facts: Facts): boolean {
  if (facts.invalid !== undefined) return true;
  return facts.code !== undefined && (facts.syscall !== undefined || facts.constraint !== undefined);
}

function factKey(value: string | number): string {
  const text = String(value);
  if (CODE_LIKE.test(text)) return text;
  return typeof value === 'number' ? HOLE : messageTemplate(text);
}
