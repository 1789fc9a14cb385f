import { read } from '../values/safe-read.js';

/** Names that say less than the class's own name. Node makes all of its errors with `NodeError`. */
const GENERIC =
  /^(?:(?:Type|Range|Syntax|Reference|Eval|URI|Aggregate|Node|System)?Error|Object|Function|Exception)$/i;
const CLASS_LIKE = /^[A-Za-z_$][\w$.:-]{0,99}$/;
/** Minified class names have one or two letters, which differ from build to build. */
const MIN_LENGTH = 3;

/** The error's `name`, or its class's name where `name` says nothing because nobody has set it. */
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
