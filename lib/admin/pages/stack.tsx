import type { ExceptionInfo } from '../../event/error-event.js';
import { Frames } from './frames.js';
import { Pairs } from './pairs.js';
import { relationWords } from './relation.js';

/** The chain of exceptions, the one that was thrown first. */
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
