import { firstPart, read } from '../values/safe-read.js';
import { isObject } from '../values/type-guards.js';
import { invalidFields } from './invalid-fields.js';

export type Facts = Readonly<Record<string, string | number>>;

const MAX_TEXT = 200;
const KEYS = [
  'code',
  'errno',
  'syscall',
  'sqlState',
  'constraint',
  'table',
  'column',
  'schema',
  'status',
  'statusCode',
  'hostname',
  'address',
  'port',
] as const;

/**
 * Typed properties that tell failures apart. No other property is ever read: statements, parameters
 * and configurations may hold secrets.
 */
export function factsOf(exception: unknown): Facts {
  const facts: Record<string, string | number> = {};
  for (const key of KEYS) add(facts, key, read(exception, key));
  add(facts, 'sqlState', read(exception, 'sqlstate') ?? read(exception, 'SQLSTATE'));
  add(facts, 'status', httpStatus(exception));
  if (facts.statusCode === facts.status) delete facts.statusCode;
  add(facts, 'invalid', invalidFields(exception));
  return facts;
}

/**
 * Status of Nest's HTTP exceptions, or of the response on which axios, got or superagent failed.
 */
function httpStatus(exception: unknown): unknown {
  const getStatus = read(exception, 'getStatus');
  if (typeof getStatus === 'function') {
    try {
      return numeric(getStatus.call(exception));
    } catch {
      return undefined;
    }
  }
  const response = read(exception, 'response');
  return isObject(response) ? numeric(read(response, 'status') ?? read(response, 'statusCode')) : undefined;
}

function numeric(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function add(facts: Record<string, string | number>, key: string, value: unknown): void {
  if (typeof value === 'number' && Number.isFinite(value)) facts[key] = value;
  else if (typeof value === 'string' && value !== '') facts[key] = firstPart(value, MAX_TEXT);
}
