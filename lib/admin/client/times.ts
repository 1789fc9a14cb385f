import { span } from '../pages/span.js';
import { all } from './dom.js';

const REFRESH_MS = 30_000;

const times = (): HTMLTimeElement[] => all<HTMLTimeElement>('time[data-ago]');

/** Keeps the server's words up to date, and adds the moment in the reader's own zone on hover. */
export function wireTimes(): void {
  for (const time of times()) time.title = `${new Date(time.dateTime).toLocaleString()}\n${time.title}`;
  setInterval(refresh, REFRESH_MS);
}

function refresh(): void {
  for (const time of times()) {
    time.textContent = `${span((Date.now() - Date.parse(time.dateTime)) / 1000)} ago`;
  }
}
