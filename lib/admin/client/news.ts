import { one } from './dom.js';

const ASK_EVERY_MS = 15_000;
/** The API counts new issues up to here. */
const MAX_NEW = 50;

/** Announces new issues. They are never slipped in under the reader's pointer. */
export function wireNews(): void {
  const bar = one('[data-stats]');
  const pill = one('[data-new]');
  if (!bar || !pill) return;
  const { stats = '', since = '', status = '', search = '' } = bar.dataset;
  const address = `${stats}?${new URLSearchParams({ since, status, search }).toString()}`;
  const title = document.title;
  const ask = async (): Promise<void> => {
    if (document.hidden) return;
    try {
      const response = await fetch(address, { headers: { Accept: 'application/json' } });
      if (response.status === 401 || response.status === 403) return clearInterval(timer);
      if (!response.ok) return;
      const { newIssues } = (await response.json()) as { readonly newIssues: number };
      pill.hidden = !newIssues;
      pill.textContent = `${newIssues >= MAX_NEW ? '50+' : newIssues} new ${newIssues === 1 ? 'issue' : 'issues'}`;
      document.title = newIssues ? `(${newIssues}) ${title}` : title;
    } catch {
      // It is asked again in 15 seconds.
    }
  };
  const timer = setInterval(() => void ask(), ASK_EVERY_MS);
  document.addEventListener('visibilitychange', () => void ask());
}
