const LIGHT = `
  --page: #f6f6f7;
  --surface: #ffffff;
  --sunken: #f3f3f5;
  --hover: #f8f8fa;
  --line: #e3e3e7;
  --line-strong: #cfcfd6;
  --text: #1b1b1f;
  --soft: #45454d;
  --muted: #63636e;
  --bar: #8a8a96;
  --link: #1d5fbf;
  --focus: #2f74d8;
  --main: #1b1b1f;
  --main-text: #ffffff;
  --red: #c0212f;
  --red-soft: #fdecec;
  --red-line: #f3c7c9;
  --amber: #8a5300;
  --amber-soft: #fdf3dc;
  --amber-line: #efd9a4;
  --green: #15693f;
  --green-soft: #e4f4ea;
  --green-line: #bfe2cc;
  --blue: #1d5fbf;
  --blue-soft: #e9f1fc;
  --blue-line: #c5daf6;
  --hit: #fff3d4;
  --hit-line: #e0a526;
  --shadow: 0 8px 28px rgb(20 20 30 / 0.14);`;

const DARK = `
  --page: #111215;
  --surface: #18191d;
  --sunken: #131418;
  --hover: #1d1f24;
  --line: #2a2c33;
  --line-strong: #3d4049;
  --text: #ececf0;
  --soft: #c5c6ce;
  --muted: #9698a5;
  --bar: #757886;
  --link: #82b1ff;
  --focus: #6ea4ff;
  --main: #ececf0;
  --main-text: #16171a;
  --red: #ff7b81;
  --red-soft: #3a1a1e;
  --red-line: #63292f;
  --amber: #f0b54a;
  --amber-soft: #33270f;
  --amber-line: #59441b;
  --green: #63cf94;
  --green-soft: #12301f;
  --green-line: #235237;
  --blue: #82b1ff;
  --blue-soft: #16263f;
  --blue-line: #29446e;
  --hit: #362c12;
  --hit-line: #d69a24;
  --shadow: 0 10px 32px rgb(0 0 0 / 0.5);`;

/** Colours, type, and what every page has. All text colours reach a contrast of 4.5:1 on their ground. */
export const BASE_CSS = `
:root {
  color-scheme: light dark;${LIGHT}
  --mono: ui-monospace, SFMono-Regular, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, Inter, "Noto Sans", "Helvetica Neue", Arial, sans-serif;
}
@media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) {${DARK}
} }
:root[data-theme="light"] { color-scheme: light; }
:root[data-theme="dark"] { color-scheme: dark;${DARK}
}

*, *::before, *::after { box-sizing: border-box; }
html { font: 14px/1.5 var(--sans); -webkit-text-size-adjust: 100%; scroll-padding-top: 12px; }
body { margin: 0; background: var(--page); color: var(--text); }
h1, h2, h3, p, dl, dd, ol, ul, pre, table { margin: 0; padding: 0; font: inherit; }
ol, ul { list-style: none; }
table { border-collapse: collapse; width: 100%; text-align: left; }
th { font-weight: 500; }
code, pre, kbd { font-family: var(--mono); font-size: 12.5px; }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
button, input, select { font: inherit; color: inherit; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
main:focus { outline: none; }
[hidden] { display: none !important; }
.icon { display: inline-block; vertical-align: -3px; flex: none; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.spring { flex: 1; }
.muted { color: var(--muted); }
.small { font-size: 12.5px; }
.skip { position: absolute; left: 12px; top: -60px; z-index: 9; padding: 8px 12px; background: var(--surface); }
.skip:focus { top: 8px; }

.top {
  display: flex; align-items: center; gap: 12px; height: 48px; padding: 0 24px;
  background: var(--surface); border-bottom: 1px solid var(--line);
}
.brand { display: flex; align-items: center; gap: 9px; color: var(--text); min-width: 0; }
.brand:hover { text-decoration: none; }
.brand strong { font-weight: 600; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.environment {
  padding: 1px 8px; border: 1px solid var(--line); border-radius: 10px; color: var(--soft); font-size: 12px;
  white-space: nowrap; overflow: hidden; text-overflow: ellipsis; max-width: 16em;
}
main { max-width: 1200px; margin: 0 auto; padding: 20px 24px 64px; }

.button, .quiet {
  display: inline-flex; align-items: center; gap: 6px; height: 32px; padding: 0 12px; border-radius: 6px;
  border: 1px solid var(--line-strong); background: var(--surface); color: var(--text); cursor: pointer;
  font-weight: 500; white-space: nowrap;
}
.button:hover { background: var(--hover); text-decoration: none; }
.button.small { height: 28px; padding: 0 9px; font-size: 12.5px; }
.button.main { background: var(--main); border-color: var(--main); color: var(--main-text); }
.button.main:hover { opacity: 0.88; }
.button.danger { background: var(--red-soft); border-color: var(--red-line); color: var(--red); }
.quiet { border-color: transparent; background: none; color: var(--muted); height: 28px; padding: 0 7px; font-weight: 400; font-size: 13px; }
.quiet:hover { background: var(--hover); color: var(--text); }

.badge {
  display: inline-flex; align-items: center; height: 19px; padding: 0 6px; border: 1px solid var(--line);
  border-radius: 4px; color: var(--muted); font-size: 11.5px; line-height: 1; white-space: nowrap;
}
.badge.status-open { color: var(--blue); background: var(--blue-soft); border-color: var(--blue-line); }
.badge.status-resolved { color: var(--green); background: var(--green-soft); border-color: var(--green-line); }
.badge.status-muted { color: var(--soft); background: var(--sunken); border-color: var(--line-strong); }
.badge.unhandled { color: var(--red); background: var(--red-soft); border-color: var(--red-line); }
.badge.regressed { color: var(--amber); background: var(--amber-soft); border-color: var(--amber-line); }
.badges { display: flex; flex-wrap: wrap; gap: 5px; }

.level { display: inline-flex; flex: none; }
.level-fatal, .level-error { color: var(--red); }
.level-warning { color: var(--hit-line); }
.level-info { color: var(--blue); }

.health {
  display: flex; gap: 10px; padding: 9px 24px; color: var(--amber); background: var(--amber-soft);
  border-bottom: 1px solid var(--amber-line);
}
.health .icon { margin-top: 2px; }
.health ul { display: grid; gap: 2px; min-width: 0; overflow-wrap: anywhere; }

.foot {
  display: flex; flex-wrap: wrap; gap: 2px 18px; padding: 10px 24px 18px; border-top: 1px solid var(--line);
  color: var(--soft); font-size: 12px;
}

.blank { padding: 72px 24px; text-align: center; background: var(--surface); border: 1px solid var(--line); border-radius: 10px; }
.blank h1, .blank h2 { font-size: 19px; font-weight: 600; margin-bottom: 8px; }
.blank p { max-width: 60ch; margin: 0 auto 16px; }
.blank pre { display: inline-block; margin: 0 0 16px; padding: 14px 18px; text-align: left; background: var(--sunken); border: 1px solid var(--line); border-radius: 8px; }
.blank .code { font: 500 13px var(--mono); color: var(--muted); margin-bottom: 6px; letter-spacing: 0.08em; }
.blank p:last-child { margin-bottom: 0; }

dialog {
  border: 1px solid var(--line); border-radius: 10px; padding: 20px 22px; background: var(--surface); color: var(--text);
  box-shadow: var(--shadow); min-width: 320px;
}
dialog::backdrop { background: rgb(0 0 0 / 0.35); }
dialog h2 { font-size: 15px; font-weight: 600; margin-bottom: 10px; }
dialog .pairs { margin-bottom: 16px; }
dialog .pairs th { width: 84px; }
dialog .pairs th, dialog .pairs td { padding-left: 0; }
kbd { padding: 1px 6px; border: 1px solid var(--line-strong); border-bottom-width: 2px; border-radius: 4px; background: var(--sunken); }
.toast {
  position: fixed; left: 50%; bottom: 24px; transform: translateX(-50%); padding: 8px 14px; border-radius: 8px;
  background: var(--main); color: var(--main-text); box-shadow: var(--shadow); pointer-events: none;
}
.toast:empty { display: none; }

@media (max-width: 700px) {
  .top { padding: 0 14px; }
  .top [data-keys], .top [data-theme-name] { display: none; }
  .health, .foot { padding: 9px 14px; }
  main { padding: 14px 14px 48px; }
}
@media (prefers-reduced-motion: no-preference) {
  .button, .quiet, .row { transition: background-color 80ms ease-out; }
}
@media (prefers-contrast: more) { :root { --muted: var(--text); --soft: var(--text); --line: var(--line-strong); } }
@media print { .foot, .actions, .search, .steps, .quiet, .jump { display: none !important; } }
`;
