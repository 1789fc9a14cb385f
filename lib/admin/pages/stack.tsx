import type { ExceptionInfo } from '../../event/error-event.js';
import { Frames } from './frames.js';
import { Pairs } from './pairs.js';

/** The chain of exceptions. The one that was thrown comes first. */
export function Stack({ exceptions }: { exceptions: readonly ExceptionInfo[] }) {
  return (
    <>
      {exceptions.map((exception, index) => (
        <article key={index} class={exception.relation ? 'exception nested' : 'exception'}>
          {exception.relation ? <p class="relation">{relationWords(exception, index, exceptions)}</p> : null}
          <h3>
            <span class="type">{exception.type}</span>
            <Facts facts={exception.facts} />
          </h3>
          <p class="value">{exception.value || <span class="muted">(no message)</span>}</p>
          {exception.frames.length > 0 ? (
            <Frames frames={exception.frames} />
          ) : (
            <p class="muted padded">No stack was recorded.</p>
          )}
          <Properties properties={exception.properties} />
        </article>
      ))}
    </>
  );
}

function Properties({ properties }: Pick<ExceptionInfo, 'properties'>) {
  if (!properties || Object.keys(properties).length === 0) return null;
  return (
    <div class="properties">
      <h4>On the exception</h4>
      <Pairs pairs={Object.entries(properties)} />
    </div>
  );
}

function Facts({ facts }: { facts: ExceptionInfo['facts'] }) {
  const entries = Object.entries(facts);
  if (entries.length === 0) return null;
  return (
    <span class="facts">
      {entries.map(([name, value]) => (
        <span key={name} class="fact">
          <span>{name}</span> {String(value)}
        </span>
      ))}
    </span>
  );
}

/** Says how an exception hangs on its parent; empty for the outermost. */
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
