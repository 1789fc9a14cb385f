import type { Json } from '../../event/error-event.js';

export type Pair = readonly [name: string, value: Json | undefined];

const MAX_LINE_LENGTH = 90;

/** A table of names and values. Pairs without a value are left out. */
export function Pairs({ pairs }: { pairs: readonly Pair[] }) {
  const known = pairs.filter((pair): pair is readonly [string, Json] => pair[1] !== undefined);
  if (known.length === 0) return null;
  return (
    <table class="pairs">
      <tbody>
        {known.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>
              <JsonValue value={value} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Shows text unchanged, and structures as JSON. */
export function JsonValue({ value }: { value: Json }) {
  if (value === null) return <code class="empty">null</code>;
  if (typeof value === 'object') return <Structure value={value} />;
  if (value === '') return <code class="empty">empty</code>;
  return <span class={typeof value === 'string' ? 'text' : 'text literal'}>{String(value)}</span>;
}

/** Keeps a small structure on one line: a page of one-word lines is hard to read. */
function Structure({ value }: { value: Json }) {
  const pretty = JSON.stringify(value, undefined, 2);
  const line = pretty.replace(/\n\s*/g, ' ');
  return line.length <= MAX_LINE_LENGTH ? <code class="text">{line}</code> : <pre class="json">{pretty}</pre>;
}
