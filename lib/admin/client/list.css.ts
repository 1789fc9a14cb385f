/** The list: one table, whose rows become cards on narrow screens. */
export const LIST_CSS = `
.toolbar { position: relative; display: flex; flex-wrap: wrap; align-items: center; gap: 10px 20px; margin-bottom: 14px; }
.tabs { display: flex; gap: 2px; padding: 3px; border-radius: 8px; background: var(--sunken); border: 1px solid var(--line); }
.tabs a {
  display: inline-flex; align-items: center; gap: 7px; height: 28px; padding: 0 11px; border-radius: 5px;
  color: var(--soft); border: 1px solid transparent;
}
.tabs a:hover { color: var(--text); text-decoration: none; }
.tabs a[aria-current] { background: var(--surface); border-color: var(--line); color: var(--text); font-weight: 600; }
.tabs .count { color: var(--muted); font-size: 12px; font-weight: 400; font-variant-numeric: tabular-nums; }
.search { display: flex; flex: 1; justify-content: flex-end; align-items: center; gap: 10px; min-width: 300px; }
.field { position: relative; flex: 1; max-width: 340px; color: var(--muted); }
.field .icon { position: absolute; left: 10px; top: 10px; pointer-events: none; }
.field input {
  width: 100%; height: 36px; padding: 0 10px 0 34px; border: 1px solid var(--line); border-radius: 8px;
  background: var(--surface); color: var(--text);
}
.field input::placeholder { color: var(--muted); opacity: 1; }
.sort { display: flex; align-items: center; gap: 8px; color: var(--muted); white-space: nowrap; }
.sort select {
  height: 36px; padding: 0 8px; border: 1px solid var(--line); border-radius: 8px; background: var(--surface); color: var(--text);
}
.search .button { height: 36px; border-radius: 8px; }
.pill {
  position: absolute; left: 50%; top: calc(100% + 4px); transform: translateX(-50%); z-index: 2; padding: 4px 14px;
  border-radius: 14px; background: var(--main); color: var(--main-text); box-shadow: var(--shadow); font-weight: 500;
}

.issues { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; border-collapse: separate; border-spacing: 0; }
.issues th { padding: 8px 14px; color: var(--muted); font-size: 12px; border-bottom: 1px solid var(--line); white-space: nowrap; }
.issues td { padding: 11px 14px; border-bottom: 1px solid var(--line); vertical-align: top; }
.issues tr:last-child td { border-bottom: 0; }
.issues tbody tr:last-child td:first-child { border-bottom-left-radius: 9px; }
.issues tbody tr:last-child td:last-child { border-bottom-right-radius: 9px; }
.issues .row:hover td { background: var(--hover); }
.issues .row:focus-within td:first-child { box-shadow: inset 3px 0 0 var(--focus); }
body.scripted .row { cursor: pointer; }
td.issue { display: flex; gap: 10px; min-width: 0; }
td.issue .level { padding-top: 4px; }
td.issue .what { min-width: 0; flex: 1; }
td.issue .title {
  display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden;
  color: var(--soft); overflow-wrap: anywhere;
}
td.issue .title span { unicode-bidi: isolate; }
td.issue .title strong { unicode-bidi: isolate; color: var(--text); font-weight: 600; }
td.issue .title:hover strong { text-decoration: underline; }
td.issue .title:hover { text-decoration: none; }
.where { color: var(--muted); }
td.issue .meta { display: flex; flex-wrap: wrap; align-items: center; gap: 3px 10px; margin-top: 2px; }
td.issue .where { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; max-width: 56ch; }
td.issue .where code { font-size: 12px; }
.is-muted .title strong, .is-resolved .title strong { font-weight: 500; color: var(--soft); }
th.trend { width: 148px; }
td.trend { padding-top: 14px !important; }
th.number, td.number { text-align: right; width: 1%; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.number { font-weight: 500; }
th.seen { width: 1%; text-align: right; }
td.seen { text-align: right; white-space: nowrap; }
.since { display: block; color: var(--muted); font-size: 12.5px; }
.bars { display: block; max-width: 100%; fill: var(--bar); }
.bars .base { stroke: var(--line-strong); stroke-dasharray: 1 2; }
.bars .column { fill: transparent; }
.bars g:hover .column { fill: var(--sunken); }
.bars g:hover rect:not(.column) { fill: var(--text); }
.paging { display: flex; align-items: center; gap: 10px; margin-top: 14px; }

@media (max-width: 1000px) {
  .search { flex-basis: 100%; justify-content: flex-start; }
  .field { max-width: none; }
}
@media (max-width: 700px) {
  .tabs { flex: 1; justify-content: space-between; }
  .tabs a { padding: 0 8px; gap: 5px; }
  .sort span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .search { min-width: 0; }
  .issues, .issues tbody { display: block; }
  .issues thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .issues .row { display: flex; flex-wrap: wrap; gap: 2px 14px; padding: 12px 14px; border-bottom: 1px solid var(--line); }
  .issues .row:last-child { border-bottom: 0; }
  .issues .row:hover td { background: none; }
  .issues .row:focus-within { box-shadow: inset 3px 0 0 var(--focus); }
  .issues .row:focus-within td:first-child { box-shadow: none; }
  .issues td { display: block; width: auto !important; padding: 0 !important; border: 0; text-align: left; }
  .issues td.issue { display: flex; flex: 0 0 100%; margin-bottom: 6px; }
  .issues td.trend { display: none; }
  .issues td.number { font-weight: 400; padding-left: 24px !important; }
  .issues td.number + td.number { padding-left: 0 !important; }
  .issues td.number::before { content: attr(data-label) " "; color: var(--muted); }
  .issues td.seen { flex: 1; text-align: right; }
  .issues td.seen .since { display: none; }
}
`;
