import type { ErrorEvent } from '../../event/error-event.js';
import { isoTime } from '../../time/utc.js';
import { LevelMark } from './icons.js';
import { JsonValue } from './pairs.js';

/** What happened before the error, oldest first, each with its distance in time. */
export function Breadcrumbs({ event }: { event: ErrorEvent }) {
  return (
    <table class="crumbs">
      <thead>
        <tr>
          <th scope="col">Before</th>
          <th scope="col">Kind</th>
          <th scope="col">What</th>
        </tr>
      </thead>
      <tbody>
        {event.breadcrumbs.map((crumb, index) => (
          <tr key={index}>
            <td class="before">
              <time dateTime={isoTime(crumb.at) ?? undefined} title={isoTime(crumb.at) ?? undefined}>
                {distance(event.at - crumb.at)}
              </time>
            </td>
            <td class="kind">
              <LevelMark level={crumb.level} /> {crumb.type}
            </td>
            <td>
              <span class="text">{crumb.message}</span>
              {crumb.data === undefined || crumb.data === null ? null : <JsonValue value={crumb.data} />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** `−1.2 s` */
function distance(ms: number): string {
  const whole = Math.max(0, ms);
  if (whole < 1_000) return `−${Math.round(whole)} ms`;
  return whole < 120_000 ? `−${(whole / 1_000).toFixed(1)} s` : `−${Math.round(whole / 60_000)} min`;
}
