import type { ExceptionInfo } from '../../event/error-event.js';

/** How an exception hangs on its parent, in words; empty for the outermost. */
export function relationWords(
  exception: ExceptionInfo,
  index: number,
  all: readonly ExceptionInfo[],
): string {
  if (!exception.relation) return '';
  const parent = all[exception.parent ?? index - 1];
  // Only a parent that is not the one just above has to be named.
  const of = parent && exception.parent !== index - 1 ? ` of ${parent.type}` : '';
  if (exception.relation === 'cause') return of ? `Cause${of}` : 'Caused by';
  const siblings = all.filter(
    (other) => other.relation === 'aggregated' && other.parent === exception.parent,
  );
  return `Error ${siblings.indexOf(exception) + 1} of ${siblings.length} inside${parent ? ` ${parent.type}` : ''}`;
}
