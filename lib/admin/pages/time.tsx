import { iso } from '../controllers/json.js';

const STEPS = [
  ['y', 31_536_000],
  ['mo', 2_592_000],
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
] as const;

/** `3 min`; the script on the page uses the same words. */
export function span(seconds: number): string {
  const step = STEPS.find(([, length]) => seconds >= length);
  return step ? `${Math.floor(seconds / step[1])} ${step[0]}` : `${Math.max(0, Math.floor(seconds))} s`;
}

/** `2026-03-09 14:02:11 UTC` */
export function utc(time: number): string {
  const text = iso(time);
  return text ? `${text.slice(0, 19).replace('T', ' ')} UTC` : 'unknown';
}

/** How long ago, with the exact moment on hover. */
export function Ago({ at, now }: { at: number; now: number }) {
  const text = iso(at);
  if (!text) return <span>unknown</span>;
  return (
    <time dateTime={text} title={utc(at)} data-ago="">
      {span((now - at) / 1000)} ago
    </time>
  );
}

/** The exact moment. */
export function Moment({ at }: { at: number }) {
  return <time dateTime={iso(at) ?? undefined}>{utc(at)}</time>;
}
