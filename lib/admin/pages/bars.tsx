import { plural } from './numbers.js';
import { utc } from './time.js';
import { HOUR_MS, startOfHour } from '../../time/durations.js';

/** One bar: how many events from `from` on. */
export interface Bar {
  readonly from: number;
  readonly count: number;
}

/**
 * Adds hourly counts up to `count` bars of `hours` hours each. The last one ends with the present
 * hour.
 */
export function barsOf(
  hourly: ReadonlyMap<number, number>,
  now: number,
  count: number,
  hours = 1,
): readonly Bar[] {
  const end = startOfHour(now) + HOUR_MS;
  const first = end - count * hours * HOUR_MS;
  const totals = new Array<number>(count).fill(0);
  for (const [hour, events] of hourly) {
    const index = Math.floor((hour - first) / (hours * HOUR_MS));
    if (index >= 0 && index < count) totals[index] = (totals[index] ?? 0) + events;
  }
  return totals.map((events, index) => ({ from: first + index * hours * HOUR_MS, count: events }));
}

interface BarsProps {
  readonly bars: readonly Bar[];
  readonly width: number;
  readonly height: number;
  /** Says in words what the bars show. */
  readonly label: string;
  /** Shows each bar's number on hover. */
  readonly titles?: boolean;
}

/** A bar chart of plain SVG attributes, as the content policy allows no inline styles. */
export function Bars({ bars, width, height, label, titles }: BarsProps) {
  const most = Math.max(1, ...bars.map((bar) => bar.count));
  const total = bars.reduce((sum, bar) => sum + bar.count, 0);
  const step = width / bars.length;
  const thick = round(step - Math.min(1.5, step / 4));
  const boxes = bars.map((bar, index) => {
    const tall = bar.count === 0 ? 0 : Math.max(2, Math.round((bar.count / most) * (height - 1)));
    return { bar, x: round(index * step), y: height - 1 - tall, tall };
  });
  return (
    <svg class="bars" viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img">
      <title>{`${label}: ${plural(total, 'event')}`}</title>
      <path class="base" d={`M0 ${height - 0.5}h${round(width - step + thick)}`} />
      {titles ? (
        boxes.map(({ bar, x, y, tall }) => (
          // The whole column reacts to the pointer, as a small bar is hard to hit.
          <g key={bar.from}>
            <title>{`${utc(bar.from).slice(0, 10)}: ${plural(bar.count, 'event')}`}</title>
            <rect class="column" x={x} y="0" width={round(step)} height={height} />
            {tall > 0 ? <rect x={x} y={y} width={thick} height={tall} rx="1" /> : null}
          </g>
        ))
      ) : (
        // It is one path instead of many elements, because the list draws it for every row.
        <path
          d={boxes
            .map(({ x, y, tall }) => (tall > 0 ? `M${x} ${y}h${thick}v${tall}h-${thick}z` : ''))
            .join('')}
        />
      )}
    </svg>
  );
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
