import { all, one } from './dom.js';
import { toast } from './toast.js';

export function wireCopy(): void {
  for (const button of all('[data-copy]')) {
    const source = one(`[data-copy-text="${button.dataset.copy ?? ''}"]`);
    if (!source) continue;
    button.hidden = false;
    button.addEventListener('click', () => void copy(textOf(source)));
  }
}

function textOf(source: HTMLElement): string {
  return source instanceof HTMLTextAreaElement ? source.value : (source.textContent ?? '');
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast('Copied');
  } catch {
    toast(copyBySelection(text) ? 'Copied' : 'The browser does not allow copying here');
  }
}

/** The old way, as there is no clipboard API over plain http. */
function copyBySelection(text: string): boolean {
  const box = document.createElement('textarea');
  box.value = text;
  box.className = 'hidden';
  document.body.append(box);
  box.select();
  const isCopied = document.execCommand('copy');
  box.remove();
  return isCopied;
}
