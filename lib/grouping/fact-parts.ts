import type { ExceptionInfo } from '../event/error-event.js';
import { HOLE, messageTemplate } from './message-template.js';

type Facts = ExceptionInfo['facts'];

/** Facts that name the kind of failure. `schema` is not among them: it is the tenant's name in many applications. */
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
/** Ports above are handed out anew for every connection. */
const FIRST_EPHEMERAL_PORT = 32_768;
const CODE_LIKE = /^(?!\d{7})(?![\da-f]{8}-[\da-f]{4}-)[\w.:/$-]{1,100}$/i;

export function factParts(facts: Facts): readonly string[] {
  const parts: string[] = [];
  for (const key of KEYS) {
    const value = facts[key];
    if (value !== undefined) parts.push(`${key} ${factKey(value)}`);
  }
  // Names of fields and rules: no values among them.
  if (facts.invalid !== undefined) parts.push(`invalid ${facts.invalid}`);
  if (facts.code === undefined && facts.errno !== undefined) parts.push(`errno ${factKey(facts.errno)}`);
  return parts;
}

/** Which service failed; for stacks that do not lead into the application. */
export function destinationParts(facts: Facts): readonly string[] {
  const { hostname, port } = facts;
  const parts: string[] = [];
  if (typeof hostname === 'string' && /[a-z]/i.test(hostname) && !hostname.includes(':'))
    parts.push(`host ${hostname}`);
  if (typeof port === 'number' && port < FIRST_EPHEMERAL_PORT) parts.push(`port ${port}`);
  return parts;
}

/** The operating system's, the database's and the validator's messages only say the facts again, with data or in another language. */
export function factsReplaceMessage(facts: Facts): boolean {
  if (facts.invalid !== undefined) return true;
  return facts.code !== undefined && (facts.syscall !== undefined || facts.constraint !== undefined);
}

function factKey(value: string | number): string {
  const text = String(value);
  if (CODE_LIKE.test(text)) return text;
  return typeof value === 'number' ? HOLE : messageTemplate(text);
}
