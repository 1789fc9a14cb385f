import type { Issue } from '../../lib/index.js';
import { PLATFORMS, startApp, type Platform, type TestApp } from '../support/app.js';
import { FailingHttpModule, globalFilters } from '../support/failing-http.js';
import { http, type HttpAnswer, type HttpCall } from '../support/http.js';
import type { LogLine } from '../support/recording-logger.js';

const json = (body: string): HttpCall => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body,
});

/** What a client does, and the titles of the events it causes. */
type Case = readonly [path: string, captured: readonly string[], call?: HttpCall];

const CASES: Readonly<Record<string, Case>> = {
  'an answer that succeeds': ['/fine', []],
  'a handler that throws': ['/sync/7', ['sync broke']],
  'a handler that rejects': ['/async', ['async broke']],
  'an Observable that errors': ['/observable', ['observable broke']],
  'a thrown string': ['/string', ['just a string']],
  'a thrown undefined': ['/nothing', ['undefined']],
  'a frozen error': ['/frozen', ['frozen']],
  'a 503 with a body of its own': ['/unavailable', ['Service Unavailable Exception']],
  'a 502 with a cause': ['/cause', ['upstream']],
  'a 404 of the application': ['/missing', []],
  'an error with a bare status property': ['/plain-status', ['axios-like']],
  'an error with a bare statusCode property': ['/http-error', ['too large']],
  'a guard that throws': ['/guard', ['guard broke']],
  'a pipe that refuses': ['/pipe/abc', []],
  'a pipe that breaks': ['/broken-pipe/7', ['pipe broke']],
  'an interceptor that throws before the handler': ['/before', ['interceptor broke']],
  'an interceptor that throws after the handler': ['/after', ['interceptor broke afterwards']],
  'an interceptor that wraps the exception': ['/wraps', ['wrapped']],
  'a middleware that throws': ['/middleware/throws', ['middleware broke']],
  'a middleware that passes an error on': ['/middleware/passes', ['middleware passed an error on']],
  'a middleware that rejects': ['/middleware/rejects', ['middleware rejected']],
  'an unknown route': ['/nowhere', []],
  'malformed JSON': ['/body', [], json('{"a":')],
  'a body that is too large': ['/body', [], json(`{"a":"${'x'.repeat(2_000_000)}"}`)],
  'a body that is accepted': ['/body', [], json('{"a":1}')],
  'a body that is refused': ['/body', [], json('{"bad":1}')],
  'a filter on the method that answers 418': ['/method-filter', []],
  'a filter on the class that answers 503': ['/class-filter', ['response 503 Service Unavailable']],
  'a filter of another module that answers 418': ['/module-filter', []],
  'a filter made for each request that answers 418': ['/scoped-filter', []],
  'a global filter that converts to 400': ['/converting-filter', []],
  'a filter that breaks': ['/breaking-filter', ['filter broke']],
  'a 503 that was returned': ['/returned', ['response 503 Service Unavailable']],
  'a stream': ['/stream', []],
  'a stream that breaks': ['/stream-breaks', ['stream broke']],
  'an event stream': ['/events', []],
  'an event stream that breaks': ['/events-break', ['events broke']],
  'an event stream that breaks before its first event': ['/events-break-at-once', ['no event at all']],
  'HEAD of a failing route': ['/sync/7', ['sync broke'], { method: 'HEAD' }],
  'OPTIONS of a failing route': ['/sync/7', [], { method: 'OPTIONS' }],
};

interface Outcome extends HttpAnswer {
  readonly logs: readonly LogLine[];
}

async function start(platform: Platform, tracker: boolean): Promise<TestApp> {
  return startApp({
    platform,
    imports: [FailingHttpModule],
    prepare: (app) => app.useGlobalFilters(...globalFilters(app)),
    ...(!tracker && { tracker: false }),
  });
}

async function call(app: TestApp, [path, , request]: Case): Promise<Outcome> {
  const before = app.logger.lines.length;
  const answer = await http(app.url + path, request);
  // What is logged about a broken stream comes after its end.
  await new Promise((resolve) => setTimeout(resolve, 20));
  const logs = app.logger.lines.slice(before).map(comparable);
  return { ...answer, headers: { ...answer.headers, date: 'any' }, logs };
}

/**
 * A logged stack shows how Nest called the application's code, and on the way to a middleware there
 * is a function of ours; compared are the message and the application's own frames.
 */
function comparable(line: LogLine): LogLine {
  const rows = line.text.split('\n').filter((row) => !/^\s+at /.test(row) || row.includes('/test/'));
  return { ...line, text: rows.join('\n') };
}

/** Titles of the events that came since, sorted, as often as they came. */
async function captured(app: TestApp, counts: Map<number, number>): Promise<readonly Issue[]> {
  const issues = await app.allIssues();
  return issues.flatMap((issue) => {
    const added = issue.eventCount - (counts.get(issue.id) ?? 0);
    counts.set(issue.id, issue.eventCount);
    return Array.from({ length: added }, () => issue);
  });
}

describe.each(PLATFORMS)('on %s', (platform) => {
  const bare = new Map<string, Outcome>();
  let tracked: TestApp;
  const counts = new Map<number, number>();

  beforeAll(async () => {
    // One after the other: Nest has one logger for the whole process.
    const app = await start(platform, false);
    for (const [name, one] of Object.entries(CASES)) bare.set(name, await call(app, one));
    await app.close();
    tracked = await start(platform, true);
  });
  afterAll(async () => {
    await tracked.close();
  });

  it.each(Object.entries(CASES))(
    'response and log lines are the same for %s, which is captured as it should',
    async (name, one) => {
      expect(await call(tracked, one)).toEqual(bare.get(name));

      const issues = await captured(tracked, counts);
      expect(issues.map(({ title }) => title)).toEqual(one[1]);
      for (const issue of issues)
        expect(issue).toMatchObject({ source: 'http', handled: false, level: 'error' });
    },
  );

  it('compares answers that really differ from one another', () => {
    expect(new Set([...bare.values()].map(({ status }) => status)).size).toBeGreaterThanOrEqual(8);
    expect(bare.get('a handler that throws')?.logs).toHaveLength(1);
  });
});
