/** The issue page: its head, the event's sections and the rail beside them. */
export const ISSUE_CSS = `
.trail { display: flex; gap: 8px; color: var(--muted); margin-bottom: 10px; }
.head { display: flex; align-items: flex-start; gap: 24px; margin-bottom: 20px; }
.head .what { flex: 1; min-width: 0; }
.head h1 { display: flex; align-items: center; gap: 10px; font-size: 21px; line-height: 1.3; font-weight: 650; letter-spacing: -0.01em; overflow-wrap: anywhere; }
.message, .value, .text, .why code, .function { unicode-bidi: isolate; }
.message { white-space: pre-wrap; overflow-wrap: anywhere; }
.head .message { font-size: 15px; color: var(--soft); max-height: 9.2em; overflow: auto; margin-top: 2px; }
.head .where { margin-top: 4px; overflow-wrap: anywhere; }
.head .badges { margin-top: 10px; }
.actions { display: flex; flex-wrap: wrap; justify-content: flex-end; gap: 8px; flex: none; }
.confirm { position: relative; }
.confirm summary { list-style: none; }
.confirm summary::-webkit-details-marker { display: none; }
.confirm .panel {
  position: absolute; right: 0; top: 38px; z-index: 3; width: 290px; padding: 14px; background: var(--surface);
  border: 1px solid var(--line-strong); border-radius: 10px; box-shadow: var(--shadow);
}
.confirm .panel p { margin-bottom: 12px; }

.columns { display: grid; grid-template-columns: minmax(0, 1fr) 296px; gap: 20px; align-items: start; }
.content { min-width: 0; }
.card, .rail > section, .event { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; }
.card { margin-bottom: 14px; overflow: hidden; }
.card > h2 { padding: 10px 16px; font-size: 13px; font-weight: 600; border-bottom: 1px solid var(--line); }
.card h3 { padding: 12px 16px 4px; font-size: 12px; font-weight: 600; color: var(--muted); }
.padded { padding: 10px 16px; }
.note { margin-bottom: 12px; padding: 8px 14px; color: var(--amber); background: var(--amber-soft); border: 1px solid var(--amber-line); border-radius: 8px; overflow-wrap: anywhere; }

.event { display: flex; align-items: center; flex-wrap: wrap; gap: 8px 12px; padding: 10px 12px 10px 16px; margin-bottom: 12px; }
.event .which { flex: 1; min-width: 0; }
.event .which p:first-child { display: flex; flex-wrap: wrap; gap: 0 8px; }
.event .exact { font-size: 12.5px; padding-top: 1px; }
.event strong { font-weight: 600; }
.event .id { display: flex; align-items: center; gap: 4px; color: var(--muted); min-height: 24px; }
.event .id code { font-size: 12px; overflow-wrap: anywhere; }
.event .id .quiet { height: 22px; padding: 0 4px; }
.steps { display: flex; border: 1px solid var(--line-strong); border-radius: 6px; overflow: hidden; }
.steps > * { display: grid; place-items: center; width: 32px; height: 28px; color: var(--text); }
.steps > * + * { border-left: 1px solid var(--line-strong); }
.steps > a:hover { background: var(--hover); }
.steps > a:focus-visible { outline-offset: -2px; }
.steps > span { color: var(--line-strong); cursor: default; }
.jump { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 0 2px 12px; font-size: 13px; }
.jump a { color: var(--muted); }
.jump a:hover { color: var(--text); }

.exception { padding: 14px 16px 16px; }
.exception + .exception { border-top: 1px solid var(--line); }
.exception .relation { display: inline-block; margin-bottom: 4px; padding: 0 7px; border-radius: 4px; background: var(--sunken); color: var(--soft); font-size: 12px; line-height: 20px; }
.exception h3 { padding: 0; display: flex; flex-wrap: wrap; align-items: center; gap: 6px 10px; font-size: 14px; color: var(--text); }
.exception h3 .type { overflow-wrap: anywhere; }
.exception .value { white-space: pre-wrap; overflow-wrap: anywhere; color: var(--soft); max-height: 18em; overflow: auto; }
.exception .padded { padding: 8px 0 0; }
.facts { display: flex; flex-wrap: wrap; gap: 5px; }
.fact { padding: 0 6px; border-radius: 4px; border: 1px solid var(--line); font: 11.5px/18px var(--mono); color: var(--text); overflow-wrap: anywhere; }
.fact span { color: var(--muted); }

.frames { margin-top: 12px; border: 1px solid var(--line); border-radius: 8px; overflow: hidden; }
.frames > li + li, .frames .run ol > li { border-top: 1px solid var(--line); }
.frames summary { cursor: pointer; list-style-position: inside; }
.frames summary:focus-visible { outline-offset: -2px; }
.call { display: inline; overflow-wrap: anywhere; color: var(--muted); }
.frame > .call, .frame summary { display: block; padding: 6px 12px; }
.frame > .call { padding-left: 27px; }
.frame details > summary { list-style: none; position: relative; padding-left: 27px; }
.frame details > summary::-webkit-details-marker { display: none; }
.frame details > summary::before, .run summary::before {
  content: ""; position: absolute; left: 13px; top: 12px; width: 5px; height: 5px; border: solid var(--muted);
  border-width: 0 1.5px 1.5px 0; transform: rotate(-45deg);
}
.frame details[open] > summary::before, .run details[open] > summary::before { transform: rotate(45deg); top: 11px; }
.frame summary:hover { background: var(--hover); }
.frame .function { color: var(--soft); }
.frame.app .function { color: var(--text); font-weight: 600; }
.frame.app .file { color: var(--soft); }
.frame .file b { font-weight: 400; color: var(--muted); }
.run { background: var(--sunken); }
.run summary { position: relative; list-style: none; padding: 5px 12px 5px 27px; color: var(--muted); font-size: 12.5px; }
.run summary:hover { color: var(--text); }
.source { display: block; position: relative; overflow-x: auto; background: var(--sunken); border-top: 1px solid var(--line); padding: 6px 0; }
.source tbody { display: table; min-width: 100%; }
.source th { width: 1%; min-width: 56px; padding: 0 12px 0 16px; text-align: right; color: var(--muted); font: 12px/20px var(--mono); user-select: none; }
.source td { padding: 0 16px 0 4px; white-space: pre; line-height: 20px; }
.source td code { tab-size: 2; }
.source .hit th, .source .hit td { background: var(--hit); }
.source .hit th { box-shadow: inset 3px 0 0 var(--hit-line); color: var(--text); }

.variables { border-top: 1px solid var(--line); }
.variables h4, .properties h4 { padding: 8px 16px 0; font-size: 12px; font-weight: 600; color: var(--muted); }
.properties { margin-top: 12px; border: 1px solid var(--line); border-radius: 8px; }

.line { padding: 12px 16px 4px; overflow-wrap: anywhere; }
.line .method { font: 600 12.5px var(--mono); }
.pairs th { width: 190px; padding: 5px 16px; vertical-align: top; color: var(--muted); font-weight: 400; overflow-wrap: anywhere; }
.pairs td { padding: 5px 16px 5px 0; overflow-wrap: anywhere; }
.card .pairs { margin: 4px 0 8px; table-layout: fixed; }
.card .pairs tr + tr th, .card .pairs tr + tr td { border-top: 1px solid var(--line); }
.text { font-family: var(--mono); font-size: 12.5px; white-space: pre-wrap; overflow-wrap: anywhere; }
.literal { color: var(--blue); }
.empty { color: var(--muted); }
.json { max-height: 340px; overflow: auto; padding: 8px 12px; background: var(--sunken); border: 1px solid var(--line); border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere; }

.crumbs th { padding: 6px 16px 6px 0; color: var(--muted); font-size: 12px; font-weight: 500; border-bottom: 1px solid var(--line); }
.crumbs td { padding: 6px 16px 6px 0; vertical-align: top; border-bottom: 1px solid var(--line); }
.crumbs tr:last-child td { border-bottom: 0; }
.crumbs th:first-child, .crumbs td:first-child { padding-left: 16px; width: 100px; }
.crumbs .before { color: var(--muted); font-variant-numeric: tabular-nums; white-space: nowrap; }
.crumbs .kind { width: 110px; white-space: nowrap; color: var(--soft); }
.crumbs .level { vertical-align: -2px; margin-right: 3px; }
.crumbs .json { margin-top: 4px; }
.crumbs code.text { display: block; color: var(--muted); }

.rail { display: grid; gap: 14px; }
.rail > section { padding: 14px 16px; min-width: 0; }
.rail h2 { margin-bottom: 9px; font-size: 12px; font-weight: 600; color: var(--muted); }
.figures { display: flex; gap: 32px; margin-top: 12px; }
.figures dt { color: var(--muted); font-size: 12.5px; }
.figures dd { font-size: 19px; line-height: 1.3; font-weight: 600; font-variant-numeric: tabular-nums; }
.figures small { margin-left: 6px; font-size: 12.5px; font-weight: 400; color: var(--muted); }
.lines > div { display: flex; justify-content: space-between; gap: 16px; padding: 3px 0; }
.lines dt { color: var(--muted); flex: none; }
.lines dd { text-align: right; overflow-wrap: anywhere; min-width: 0; }
.release { display: block; color: var(--muted); font-size: 12.5px; }
.why { display: grid; gap: 3px; margin-bottom: 8px; }
.why code { display: block; padding: 3px 8px; border-radius: 5px; background: var(--sunken); font-size: 12px; overflow-wrap: anywhere; }
.activity { display: grid; gap: 9px; }
.activity li { position: relative; padding-left: 18px; }
.activity li::before { content: ""; position: absolute; left: 2px; top: 6px; width: 8px; height: 8px; border-radius: 50%; border: 2px solid var(--line-strong); }
.activity li:not(:last-child)::after { content: ""; position: absolute; left: 5px; top: 18px; bottom: -11px; width: 2px; background: var(--line); }
.activity .did-regressed::before, .activity .did-alert_failed::before { border-color: var(--hit-line); }
.activity .did-resolved::before { border-color: var(--green); }
.activity .did-first_seen::before { border-color: var(--red); }
.activity time, .activity .detail { color: var(--muted); font-size: 12.5px; }
.activity .detail { display: block; overflow-wrap: anywhere; }

@media (max-width: 940px) {
  .columns { grid-template-columns: minmax(0, 1fr); }
  .rail { grid-template-columns: repeat(auto-fit, minmax(240px, 1fr)); }
}
@media (max-width: 700px) {
  .head { flex-direction: column; gap: 14px; }
  .event .which { flex-basis: 100%; }
  .actions { justify-content: flex-start; }
  .confirm .panel { right: auto; left: 0; }
  .rail { grid-template-columns: minmax(0, 1fr); }
  .pairs th { width: 34%; padding-right: 8px; }
  .crumbs .kind, .crumbs th:nth-child(2) { display: none; }
  .crumbs th:first-child, .crumbs td:first-child { width: 84px; }
}
`;
