import { isoTime, utcTime } from '../../time/utc.js';
import { span } from './span.js';

/** `2026-03-09 14:02:11 UTC`, or `unknown` for what is no date. */
export function utc(time: number): string {
  return utcTime(time) ?? 'unknown';
}

/** How long ago, with the exact moment on hover. */
export function Ago({ at, now }: { at: number; now: number }) {
  const text = isoTime(at);
  if (!text) return <span>unknown</span>;
  return (
    <time dateTime={text} title={utc(at)} data-ago="">
      {span((now - at) / 1000)} ago
    </time>
  );
}

/** The exact moment. */
export function Moment({ at }: { at: number }) {
  return <time dateTime={isoTime(at) ?? undefined}>{utc(at)}</time>;
}
