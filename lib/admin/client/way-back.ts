import { all, keep, recall } from './dom.js';

const KEY = 'error-tracker-list';

/**
 * Makes the way back to the list lead to the list as it was left, with its tab, search and order.
 */
export function wireWayBack(): void {
  if (document.body.dataset.page === 'list') return keep('sessionStorage', KEY, location.search);
  const search = recall('sessionStorage', KEY);
  if (!search?.startsWith('?')) return;
  for (const link of all<HTMLAnchorElement>('.trail [data-list]')) link.href += search;
}
