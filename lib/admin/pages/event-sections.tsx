import type { ComponentChildren } from 'preact';
import type { ErrorEvent, RequestInfo } from '../../event/error-event.js';
import type { StoredEvent } from '../../storage/event-store.js';
import { Breadcrumbs } from './breadcrumbs.js';
import { JsonValue, Pairs, type Pair } from './pairs.js';
import { bytes } from './numbers.js';
import { Stack } from './stack.js';
import { span } from './span.js';

interface Part {
  readonly id: string;
  readonly title: string;
  readonly content: ComponentChildren;
}

/** Everything kept of an event, in sections. Sections without content are left out. */
export function EventSections({ stored }: { stored: StoredEvent }) {
  const parts = partsOf(stored.event);
  return (
    <>
      <nav class="jump" aria-label="Sections of the event">
        {parts.map((part) => (
          <a key={part.id} href={`#${part.id}`}>
            {part.title}
          </a>
        ))}
      </nav>
      <Truncated paths={stored.event.truncated} />
      {parts.map((part) => (
        <section key={part.id} id={part.id} class="card" aria-labelledby={`${part.id}-title`}>
          <h2 id={`${part.id}-title`}>{part.title}</h2>
          {part.content}
        </section>
      ))}
    </>
  );
}

function Truncated({ paths }: { paths: readonly string[] | undefined }) {
  if (!paths || paths.length === 0) return null;
  return (
    <p class="note">
      Cut to keep the event within its bounds:{' '}
      {paths.map((path, index) => [index > 0 ? ', ' : '', <code>{path}</code>])}
    </p>
  );
}

function partsOf(event: ErrorEvent): readonly Part[] {
  const contexts = Object.entries(event.contexts);
  const parts: readonly (Part | undefined)[] = [
    event.message === undefined
      ? undefined
      : { id: 'message', title: 'Message', content: <p class="message padded">{event.message}</p> },
    event.exceptions.length > 0
      ? { id: 'stack', title: 'Stack', content: <Stack exceptions={event.exceptions} /> }
      : undefined,
    event.request && { id: 'request', title: 'Request', content: <Request request={event.request} /> },
    event.user && { id: 'user', title: 'User', content: <Pairs pairs={Object.entries(event.user)} /> },
    pairsPart('tags', 'Tags', Object.entries(event.tags)),
    event.breadcrumbs.length > 0
      ? { id: 'breadcrumbs', title: 'Breadcrumbs', content: <Breadcrumbs event={event} /> }
      : undefined,
    contexts.length > 0
      ? { id: 'contexts', title: 'Context', content: <Contexts contexts={contexts} /> }
      : undefined,
    pairsPart('runtime', 'Runtime', runtimePairs(event)),
  ];
  return parts.filter((part) => part !== undefined);
}

function pairsPart(id: string, title: string, pairs: readonly Pair[]): Part | undefined {
  return pairs.length > 0 ? { id, title, content: <Pairs pairs={pairs} /> } : undefined;
}

function Request({ request }: { request: RequestInfo }) {
  const { method, url, route, ip, query, params, headers, cookies, body, files } = request;
  const parts = [
    ['Route parameters', params],
    ['Query', query],
    ['Body', body],
    ['Files', files],
    ['Headers', headers],
    ['Cookies', cookies],
  ] as const;
  return (
    <>
      <p class="line">
        <span class="method">{method}</span> <code>{url}</code>
      </p>
      <Pairs
        pairs={[
          ['Route', route],
          ['IP address', ip],
        ]}
      />
      {parts.map(([title, value]) => (
        <SubSection key={title} title={title} value={value} />
      ))}
    </>
  );
}

function Contexts({ contexts }: { contexts: readonly Pair[] }) {
  return (
    <>
      {contexts.map(([name, value]) => (
        <SubSection key={name} title={name} value={value} />
      ))}
    </>
  );
}

function SubSection({ title, value }: { title: string; value: Pair[1] }) {
  if (value === undefined || value === null || value === '') return null;
  const isRecord = typeof value === 'object' && !Array.isArray(value);
  if (isRecord && Object.keys(value).length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      {isRecord ? (
        <Pairs pairs={Object.entries(value)} />
      ) : (
        <div class="padded">
          <JsonValue value={value} />
        </div>
      )}
    </>
  );
}

function runtimePairs({ runtime, release, environment, transaction }: ErrorEvent): readonly Pair[] {
  return [
    ['Transaction', transaction],
    ['Release', release],
    ['Environment', environment],
    ['Application', runtime.app],
    ['Host', runtime.host],
    ['Process', `${runtime.pid}, up ${span(runtime.uptime)}, ${bytes(runtime.memory)}`],
    ['Node.js', runtime.node],
    ['NestJS', runtime.nest],
    ['Platform', runtime.platform],
  ];
}
