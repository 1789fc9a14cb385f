/**
 * What the pages gain with JavaScript; without it they miss nothing but comfort. A string, not a file: bundlers and
 * every module format carry it along.
 */
export const SCRIPT_SOURCE = String.raw`'use strict';
(() => {
  const root = document.documentElement;
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const one = (selector) => document.querySelector(selector);
  const recall = (store, key) => { try { return store.getItem(key); } catch { return null; } };
  const keep = (store, key, value) => { try { store.setItem(key, value); } catch { /* private mode */ } };

  // Theme: before the first paint.
  const THEMES = ['system', 'light', 'dark'];
  let theme = recall(localStorage, 'error-tracker-theme');
  if (!THEMES.includes(theme)) theme = 'system';
  const applyTheme = () => {
    if (theme === 'system') delete root.dataset.theme;
    else root.dataset.theme = theme;
  };
  applyTheme();

  const wireTheme = () => {
    const button = one('[data-theme-toggle]');
    if (!button) return;
    const show = () => {
      const name = theme[0].toUpperCase() + theme.slice(1);
      one('[data-theme-name]').textContent = name;
      button.title = 'Theme: ' + name;
    };
    button.hidden = false;
    show();
    button.addEventListener('click', () => {
      theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
      keep(localStorage, 'error-tracker-theme', theme);
      applyTheme();
      show();
    });
  };

  // Times: the words of the server, kept up to date; on hover the moment in the reader's own zone.
  const STEPS = [['y', 31536000], ['mo', 2592000], ['d', 86400], ['h', 3600], ['min', 60]];
  const span = (seconds) => {
    const step = STEPS.find(([, length]) => seconds >= length);
    return step ? Math.floor(seconds / step[1]) + ' ' + step[0] : Math.max(0, Math.floor(seconds)) + ' s';
  };
  const refreshTimes = () => {
    for (const time of all('time[data-ago]')) {
      const at = Date.parse(time.dateTime);
      time.textContent = span((Date.now() - at) / 1000) + ' ago';
    }
  };
  const localiseTimes = () => {
    for (const time of all('time[data-ago]')) {
      const at = new Date(time.dateTime);
      time.title = at.toLocaleString() + '\n' + time.title;
    }
  };

  let toastTimer;
  const toast = (text) => {
    const box = one('.toast');
    if (!box) return;
    box.textContent = text;
    clearTimeout(toastTimer);
    toastTimer = setTimeout(() => { box.textContent = ''; }, 2500);
  };

  const wireCopy = () => {
    for (const button of all('[data-copy]')) {
      const source = one('[data-copy-text="' + button.dataset.copy + '"]');
      if (!source) continue;
      button.hidden = false;
      button.addEventListener('click', () => copy(source.value ?? source.textContent));
    }
  };
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      toast('Copied');
    } catch {
      // Over plain http there is no clipboard API.
      const box = document.createElement('textarea');
      box.value = text;
      box.className = 'hidden';
      document.body.append(box);
      box.select();
      toast(document.execCommand('copy') ? 'Copied' : 'The browser does not allow copying here');
      box.remove();
    }
  };

  // Rows: a click anywhere opens the issue, unless it meant something else.
  const titleOf = (row) => row.querySelector('a.title');
  const wireRows = () => {
    for (const row of all('.row')) {
      row.addEventListener('click', (event) => {
        if (event.target.closest('a, button') || String(getSelection())) return;
        if (event.metaKey || event.ctrlKey) open(titleOf(row).href, '_blank', 'noopener');
        else titleOf(row).click();
      });
    }
  };
  const selectedRow = () => document.activeElement?.closest?.('.row');
  const selectRow = (step) => {
    const rows = all('.row');
    const index = rows.indexOf(selectedRow());
    const next = index < 0 ? (step > 0 ? 0 : rows.length - 1) : index + step;
    const row = rows[Math.min(rows.length - 1, Math.max(0, next))];
    if (!row) return;
    titleOf(row).focus({ preventScroll: true });
    row.scrollIntoView({ block: 'nearest' });
  };

  const VERBS = {
    r: { open: 'resolve', muted: 'resolve', resolved: 'reopen' },
    m: { open: 'mute', muted: 'unmute' },
  };
  const DONE = { resolve: 'Resolved', reopen: 'Reopened', mute: 'Muted', unmute: 'Unmuted' };
  const triageRow = async (key) => {
    const row = selectedRow();
    if (!row?.dataset.issue) return;
    const verb = VERBS[key][row.dataset.status];
    if (!verb) return toast('Reopen the issue before muting it');
    try {
      const response = await fetch(row.dataset.issue + '/' + verb, { method: 'POST', headers: { Accept: 'application/json' } });
      const answer = await response.json();
      if (!response.ok) return toast(answer.message);
      row.dataset.status = answer.status;
      row.className = 'row is-' + answer.status;
      toast(DONE[verb] + ' #' + answer.id);
    } catch {
      toast('The application did not answer');
    }
  };

  const press = (selector) => { const found = one(selector); if (found) found.click(); return Boolean(found); };
  const act = (key) => {
    const isList = document.body.dataset.page === 'list';
    switch (key) {
      case 'j': return isList ? selectRow(1) : press('[data-step="previous"]');
      case 'k': return isList ? selectRow(-1) : press('[data-step="next"]');
      case 'o': { const row = selectedRow(); return row && titleOf(row).click(); }
      case 'r':
      case 'm': return isList ? triageRow(key) : press('[data-hotkey="' + key + '"]');
      case 'u': return press('.trail [data-list]');
      case '/': { const field = one('input[type=search]'); return field ? field.select() : press('.trail [data-list]'); }
      case '?': return showKeys();
    }
  };
  const showKeys = () => { const box = one('#keys'); if (box && !box.open) box.showModal(); };
  const wireKeys = () => {
    const button = one('[data-keys]');
    if (button) {
      button.hidden = false;
      button.addEventListener('click', showKeys);
    }
    document.addEventListener('keydown', (event) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat && !'jk'.includes(event.key)) return;
      if (event.key === 'Escape' && event.target.matches?.('input')) return event.target.blur();
      if (event.target.closest?.('input, select, textarea, dialog, [contenteditable]')) return;
      if (!'jkormu/?'.includes(event.key) || event.key.length !== 1) return;
      event.preventDefault();
      act(event.key);
    });
  };

  // New issues are announced, never slipped in under the reader's pointer.
  const wireNews = () => {
    const bar = one('[data-stats]');
    const pill = one('[data-new]');
    if (!bar || !pill) return;
    const { stats, since, status, search } = bar.dataset;
    const address = stats + '?' + new URLSearchParams({ since, status, search });
    const title = document.title;
    let timer;
    const ask = async () => {
      if (document.hidden) return;
      try {
        const response = await fetch(address, { headers: { Accept: 'application/json' } });
        if (response.status === 401 || response.status === 403) return clearInterval(timer);
        if (!response.ok) return;
        const { newIssues } = await response.json();
        pill.hidden = !newIssues;
        pill.textContent = (newIssues >= 50 ? '50+' : newIssues) + (newIssues === 1 ? ' new issue' : ' new issues');
        document.title = newIssues ? '(' + newIssues + ') ' + title : title;
      } catch { /* asked again in 15 s */ }
    };
    timer = setInterval(ask, 15000);
    document.addEventListener('visibilitychange', ask);
  };

  // The way back to the list leads to the list as it was left.
  const wireList = () => {
    if (document.body.dataset.page === 'list') {
      keep(sessionStorage, 'error-tracker-list', location.search);
      return;
    }
    const search = recall(sessionStorage, 'error-tracker-list');
    if (search && search.startsWith('?')) for (const link of all('.trail [data-list]')) link.href += search;
  };

  const wireForms = () => {
    for (const select of all('[data-submit]')) select.addEventListener('change', () => select.form.requestSubmit());
    for (const button of all('[data-apply]')) button.hidden = true;
    document.addEventListener('click', (event) => {
      for (const box of all('details.confirm[open]')) if (!box.contains(event.target)) box.open = false;
    });
  };

  document.addEventListener('DOMContentLoaded', () => {
    document.body.classList.add('scripted');
    for (const wire of [wireTheme, wireCopy, wireRows, wireKeys, wireNews, wireList, wireForms, localiseTimes]) wire();
    setInterval(refreshTimes, 30000);
  });
})();
`;
