import { isoTime, utcTime } from '../../time/utc.js';

const STEPS = [
  ['y', 31_536_000],
  ['mo', 2_592_000],
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
] as const;

/** `3 min`. The script of the pages uses the same words, see `client/times.ts`. */
export function span(seconds: number): string {
  const step = STEPS.find(([, length]) => seconds >= length);
  return step ? `${Math.floor(seconds / step[1])} ${step[0]}` : `${Math.max(0, Math.floor(seconds))} s`;
}

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
