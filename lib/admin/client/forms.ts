import { all } from './dom.js';

/**
 * Sends choices at once, without their button, and closes an open confirmation when the reader
 * clicks elsewhere.
 */
export function wireForms(): void {
  for (const select of all<HTMLSelectElement>('[data-submit]')) {
    select.addEventListener('change', () => select.form?.requestSubmit());
  }
  for (const button of all('[data-apply]')) button.hidden = true;
  document.addEventListener('click', (event) => {
    for (const box of all<HTMLDetailsElement>('details.confirm[open]')) {
      if (!box.contains(event.target as Node)) box.open = false;
    }
  });
}
