import { keep, one, recall } from './dom.js';

const KEY = 'error-tracker-theme';
const THEMES = ['system', 'light', 'dark'] as const;

let theme: (typeof THEMES)[number] = THEMES.find((name) => name === recall('localStorage', KEY)) ?? 'system';

/** Runs before the first paint, so that a page in the other theme never flashes up. */
export function applyTheme(): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function wireTheme(): void {
  const button = one('[data-theme-toggle]');
  const label = one('[data-theme-name]');
  if (!button || !label) return;
  const show = (): void => {
    const name = theme.charAt(0).toUpperCase() + theme.slice(1);
    label.textContent = name;
    button.title = `Theme: ${name}`;
  };
  button.hidden = false;
  show();
  button.addEventListener('click', () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
    keep('localStorage', KEY, theme);
    applyTheme();
    show();
  });
}
