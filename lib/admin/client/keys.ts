import { one } from './dom.js';
import { openRow, selectedRow, selectRow, triageRow } from './rows.js';

const KEYS = 'jkormu/?';
/** Keys that repeat while held. */
const REPEATING_KEYS = 'jk';
const TYPING_PLACES = 'input, select, textarea, dialog, [contenteditable]';

export function wireKeys(): void {
  const button = one('[data-keys]');
  if (button) {
    button.hidden = false;
    button.addEventListener('click', showKeys);
  }
  document.addEventListener('keydown', (event) => {
    const { key, target } = event;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.repeat && !REPEATING_KEYS.includes(key)) return;
    if (key === 'Escape' && target instanceof HTMLInputElement) return target.blur();
    if (target instanceof Element && target.closest(TYPING_PLACES)) return;
    if (!KEYS.includes(key) || key.length !== 1) return;
    event.preventDefault();
    act(key);
  });
}

function act(key: string): void {
  const isList = document.body.dataset.page === 'list';
  switch (key) {
    case 'j':
      return isList ? selectRow(1) : press('[data-step="previous"]');
    case 'k':
      return isList ? selectRow(-1) : press('[data-step="next"]');
    case 'o': {
      const row = selectedRow();
      return row ? openRow(row) : undefined;
    }
    case 'r':
    case 'm':
      return isList ? void triageRow(key) : press(`[data-hotkey="${key}"]`);
    case 'u':
      return press('.trail [data-list]');
    case '/': {
      const field = one<HTMLInputElement>('input[type=search]');
      return field ? field.select() : press('.trail [data-list]');
    }
    case '?':
      return showKeys();
  }
}

function press(selector: string): void {
  one(selector)?.click();
}

function showKeys(): void {
  const box = one<HTMLDialogElement>('#keys');
  if (box && !box.open) box.showModal();
}
