export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#d97706" d="M11 3h10l5 14H6z"/><path fill="#fbbf24" d="M12 17h8l2 6H10z" opacity=".55"/><path fill="#78716c" d="M15 17h2v9h-2zM9 26h14v3H9z"/></svg>`;

export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #faf8f4; --surface: #ffffff; --sunken: #f4f0e8; --line: #e6dfd2;
  --text: #211d17; --muted: #6b6255; --accent: #a65309; --accent-text: #ffffff;
  --red: #b42318; --red-soft: #fdecea; --green: #1a6b3c; --green-soft: #e5f4ea; --amber: #855000; --amber-soft: #fcf2d9;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14120f; --surface: #1c1916; --sunken: #181512; --line: #332e27;
    --text: #efe9df; --muted: #a79d8e; --accent: #f5a13d; --accent-text: #1d1407;
    --red: #ff8a80; --red-soft: #3a1a17; --green: #72d19b; --green-soft: #14301f; --amber: #f2bd5b; --amber-soft: #33270f;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 32px; padding: 12px 24px; background: var(--surface); border-bottom: 1px solid var(--line); }
.brand { display: flex; align-items: center; gap: 8px; font-weight: 650; color: inherit; text-decoration: none; }
nav { display: flex; flex-wrap: wrap; gap: 4px; }
nav a { padding: 4px 12px; border-radius: 6px; color: var(--muted); text-decoration: none; }
nav a:hover { background: var(--sunken); color: var(--text); }
nav a[aria-current] { background: var(--sunken); color: var(--text); font-weight: 600; }
main { max-width: 1120px; margin: 0 auto; padding: 32px 24px 64px; }
h1 { margin: 0 0 8px; font-size: 28px; line-height: 1.2; letter-spacing: -0.01em; }
h2 { margin: 40px 0 4px; font-size: 18px; }
h3 { margin: 0; font-size: 15px; }
p { margin: 0 0 8px; }
.lead { max-width: 65ch; color: var(--muted); }
.grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(310px, 1fr)); gap: 16px; margin-top: 16px; align-items: start; }
.card { display: flex; flex-direction: column; gap: 8px; padding: 16px; background: var(--surface); border: 1px solid var(--line); border-radius: 10px; }
.card p { margin: 0; color: var(--muted); }
.foot { display: flex; align-items: center; justify-content: space-between; gap: 8px; margin-top: 4px; }
button { padding: 7px 14px; border: 0; border-radius: 7px; background: var(--accent); color: var(--accent-text); font: inherit; font-weight: 600; cursor: pointer; }
button:hover { filter: brightness(1.07); }
button:disabled { opacity: 0.6; cursor: progress; }
button.plain { padding: 3px 10px; border: 1px solid var(--line); background: transparent; color: var(--text); font-weight: 500; font-size: 13px; }
.tag { padding: 1px 8px; border-radius: 99px; font-size: 12.5px; white-space: nowrap; }
.tag.issue { background: var(--red-soft); color: var(--red); }
.tag.told { background: var(--amber-soft); color: var(--amber); }
.tag.quiet { background: var(--green-soft); color: var(--green); }
code, pre { font-family: var(--mono); font-size: 12.5px; }
.route { color: var(--muted); overflow-wrap: anywhere; }
output { display: none; border-top: 1px solid var(--line); padding-top: 8px; font-size: 13.5px; }
output.shown { display: block; }
output pre { margin: 4px 0 8px; padding: 8px 10px; background: var(--sunken); border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 180px; overflow: auto; }
.shelf { display: flex; flex-wrap: wrap; gap: 8px; margin: 16px 0 0; padding: 0; list-style: none; }
.shelf li { padding: 6px 12px; background: var(--surface); border: 1px solid var(--line); border-radius: 8px; font-size: 13.5px; }
.shelf small { color: var(--muted); }
.empty { margin-top: 24px; padding: 40px 24px; border: 1px dashed var(--line); border-radius: 10px; text-align: center; color: var(--muted); }
.mails { display: grid; grid-template-columns: minmax(260px, 340px) 1fr; gap: 24px; margin-top: 24px; align-items: start; }
.mails ul { margin: 0; padding: 0; list-style: none; border: 1px solid var(--line); border-radius: 10px; overflow: hidden; background: var(--surface); max-height: 78vh; overflow-y: auto; }
.mails li + li { border-top: 1px solid var(--line); }
.mails li a { display: block; padding: 10px 14px; color: inherit; text-decoration: none; overflow-wrap: anywhere; }
.mails li a:hover { background: var(--sunken); }
.mails li a[aria-current] { background: var(--sunken); box-shadow: inset 3px 0 var(--accent); }
.mails small, .ticket small { color: var(--muted); }
.mail { min-width: 0; padding: 20px; background: var(--surface); border: 1px solid var(--line); border-radius: 10px; }
.mail h2 { margin: 0 0 8px; overflow-wrap: anywhere; }
.mail dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 0 0 16px; font-size: 13.5px; }
.mail dt { color: var(--muted); }
.mail dd { margin: 0; overflow-wrap: anywhere; }
.mail iframe { width: 100%; height: 58vh; border: 1px solid var(--line); border-radius: 8px; }
.mail pre { padding: 12px; background: var(--sunken); border-radius: 8px; white-space: pre-wrap; overflow-wrap: anywhere; }
.board { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 16px; margin-top: 24px; align-items: start; }
.column { padding: 12px; background: var(--sunken); border: 1px solid var(--line); border-radius: 10px; min-height: 160px; }
.column h2 { margin: 0 0 12px; font-size: 14px; color: var(--muted); }
.ticket { margin-bottom: 10px; padding: 12px; background: var(--surface); border: 1px solid var(--line); border-radius: 8px; overflow-wrap: anywhere; }
.ticket:target { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent); }
.ticket details pre { white-space: pre-wrap; max-height: 240px; overflow: auto; }
.ticket .foot form { display: flex; gap: 6px; }
@media (max-width: 760px) {
  .mails, .board { grid-template-columns: minmax(0, 1fr); }
  .mails ul { max-height: 34vh; }
  main { padding: 24px 16px 48px; }
}
`;
