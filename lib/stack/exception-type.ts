import { read } from '../values/safe-read.js';

/** Names that say nothing a subclass' own name would not say better. Node builds all of its errors by `NodeError`. */
const GENERIC =
  /^(?:(?:Type|Range|Syntax|Reference|Eval|URI|Aggregate|Node|System)?Error|Object|Function|Exception)$/i;
const CLASS_LIKE = /^[A-Za-z_$][\w$.:-]{0,99}$/;
/** Minifiers leave one or two letters, different in every build. */
const MIN_LENGTH = 3;

/** `name` where it says something, else the name of the class: `PaymentError` although it never set its `name`. */
export function typeOfError(error: unknown): string {
  const name = classLike(read(error, 'name'));
  if (name !== undefined && !GENERIC.test(name)) return name;
  return ownClassName(error) ?? name ?? 'Error';
}

/** Name of the class of a thrown object that is no error. */
export function typeOfObject(value: unknown): string {
  return ownClassName(value) ?? 'NonError';
}

function ownClassName(value: unknown): string | undefined {
  const name = classLike(read(read(value, 'constructor'), 'name'));
  return name === undefined || name.length < MIN_LENGTH || GENERIC.test(name) ? undefined : name;
}

function classLike(name: unknown): string | undefined {
  return typeof name === 'string' && CLASS_LIKE.test(name) ? name : undefined;
}
