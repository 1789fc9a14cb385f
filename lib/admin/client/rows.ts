import { all } from './dom.js';
import { toast } from './toast.js';

const STEPS: Readonly<Record<'r' | 'm', Readonly<Record<string, string>>>> = {
  r: { open: 'resolve', muted: 'resolve', resolved: 'reopen' },
  m: { open: 'mute', muted: 'unmute' },
};

const DONE: Readonly<Record<string, string>> = {
  resolve: 'Resolved',
  reopen: 'Reopened',
  mute: 'Muted',
  unmute: 'Unmuted',
};

/** A click anywhere in a row opens its issue, unless it meant a link, a button or a selection. */
export function wireRows(): void {
  for (const row of all('.row')) {
    row.addEventListener('click', (event) => {
      if ((event.target as Element).closest('a, button') || String(getSelection())) return;
      if (event.metaKey || event.ctrlKey) open(titleOf(row)?.href, '_blank', 'noopener');
      else openRow(row);
    });
  }
}

/** The row that holds the focus. */
export function selectedRow(): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>('.row') ?? null;
}

/** Moves the focus down (1) or up (-1) the list. */
export function selectRow(step: 1 | -1): void {
  const rows = all('.row');
  const selected = selectedRow();
  const index = selected ? rows.indexOf(selected) : -1;
  const next = index < 0 ? (step > 0 ? 0 : rows.length - 1) : index + step;
  const row = rows[Math.min(rows.length - 1, Math.max(0, next))];
  if (!row) return;
  titleOf(row)?.focus({ preventScroll: true });
  row.scrollIntoView({ block: 'nearest' });
}

export function openRow(row: HTMLElement): void {
  titleOf(row)?.click();
}

/** Resolves, reopens, mutes or unmutes the selected issue, whichever its status allows. */
export async function triageRow(key: 'r' | 'm'): Promise<void> {
  const row = selectedRow();
  const { issue, status } = row?.dataset ?? {};
  if (!row || !issue || !status) return;
  const step = STEPS[key][status];
  if (!step) return toast('Reopen the issue before muting it');
  try {
    const response = await fetch(`${issue}/${step}`, {
      method: 'POST',
      headers: { Accept: 'application/json' },
    });
    const answer = (await response.json()) as Readonly<Record<'status' | 'id' | 'message', string>>;
    if (!response.ok) return toast(answer.message);
    row.dataset.status = answer.status;
    row.className = `row is-${answer.status}`;
    toast(`${DONE[step] ?? ''} #${answer.id}`);
  } catch {
    toast('The application did not answer');
  }
}

function titleOf(row: HTMLElement): HTMLAnchorElement | null {
  return row.querySelector<HTMLAnchorElement>('a.title');
}
