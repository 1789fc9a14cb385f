import { one } from './dom.js';

const SHOWN_MS = 2500;

let timer: number | undefined;

/** Says something for a moment at the foot of the page, to screen readers too. */
export function toast(text: string): void {
  const box = one('.toast');
  if (!box) return;
  box.textContent = text;
  clearTimeout(timer);
  timer = setTimeout(() => {
    box.textContent = '';
  }, SHOWN_MS);
}
