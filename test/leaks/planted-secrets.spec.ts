import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Controller, Injectable, Post, Req } from '@nestjs/common';
import fc from 'fast-check';
import {
  ErrorTrackerService,
  StackFingerprinter,
  type Fingerprint,
  type FingerprintInput,
} from '../../lib/index.js';
import { MailNotifier } from '../../lib/mail.js';
import { startApp, type TestApp } from '../support/app.js';
import { http, postJson } from '../support/http.js';
import { planted, plantedRun, type PlantedRun } from '../support/planted-secrets.js';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink.js';

const RUNS = Number(process.env.LEAK_RUNS ?? 10_000);
const SEED = Number(process.env.LEAK_SEED ?? 20_261_121);
/** Of an issue the first 20 events are always kept. */
const EVENTS_OF_ONE_ISSUE = 20;
const SECRET = /qz7x\d{6}z/gi;

const secretOf = (run: number): string => `qz7x${String(run).padStart(6, '0')}z`;

/** Says what it always says, and puts events together so that all of them are kept. */
@Injectable()
class EveryTwenty extends StackFingerprinter {
  override fingerprint(input: FingerprintInput): Fingerprint {
    const [thrown] = input.exceptions;
    const issue = /^issue\d+/.exec(String(thrown?.facts['code'] ?? thrown?.value))?.[0];
    return { ...super.fingerprint(input), hash: String(issue) };
  }
}

let runs: readonly PlantedRun[];

@Controller()
class OrdersController {
  constructor(private readonly tracker: ErrorTrackerService) {}

  @Post('orders/:run')
  fail(@Req() request: { params: { run: string }; user?: unknown }): never {
    const index = Number(request.params.run);
    const run = planted(runs[index] as PlantedRun, secretOf(index));
    request.user = run.user;
    for (const [name, value] of Object.entries(run.tags)) this.tracker.setTag(name, value);
    this.tracker.setContext('planted', run.context as Readonly<Record<string, unknown>>);
    this.tracker.setExtra('extra', run.extra);
    this.tracker.setUser(run.user as { id?: string });
    this.tracker.addBreadcrumb({ message: run.breadcrumb, data: run.breadcrumbData as never });
    const cause = new AggregateError([new Error(run.child)], run.cause);
    const issue = `issue${String(Math.floor(index / EVENTS_OF_ONE_ISSUE))}`;
    if (run.thrownText) throw `${issue} ${run.message}` as unknown as Error;
    throw Object.assign(new Error(run.message, { cause }), { code: issue, property: run.property });
  }
}

let smtp: SmtpSink;
let app: TestApp;

beforeAll(async () => {
  runs = fc.sample(plantedRun, { numRuns: RUNS, seed: SEED });
  smtp = await startSmtpSink();
  app = await startApp({
    controllers: [OrdersController],
    tracker: {
      notifiers: [MailNotifier],
      limits: { pendingBytes: 1_073_741_824, newIssuesPerMinute: 1_000_000 },
      mail: {
        transport: { host: '127.0.0.1', port: smtp.port, ignoreTLS: true, pool: true },
        from: 'errors@shop.example',
        admins: ['team@shop.example'],
      },
      fingerprinter: EveryTwenty,
    },
  });
}, 120_000);

afterAll(async () => {
  await app.close();
  await smtp.close();
});

/**
 * Names the runs whose secrets are found, with what was planted: enough to write a test for each.
 */
function expectNoSecret(where: string, text: string): void {
  const found = [...new Set(text.match(SECRET) ?? [])];
  if (found.length === 0) return;
  const [first = ''] = found;
  const at = text.indexOf(first);
  throw new Error(
    `${where} holds ${String(found.length)} secrets of ${String(RUNS)} runs with seed ${String(SEED)}, the first of them here:\n` +
      `${text.slice(Math.max(0, at - 300), at + 100)}\n${JSON.stringify(runs[Number(first.slice(4, 10))])}`,
  );
}

it(
  `lets no secret out of ${String(RUNS)} random requests`,
  async () => {
    for (let from = 0; from < RUNS; from += 200) {
      const indexes = Array.from({ length: Math.min(200, RUNS - from) }, (_, offset) => from + offset);
      await Promise.all(
        indexes.map(async (index) => {
          const { body, query, headers } = planted(runs[index] as PlantedRun, secretOf(index));
          const answer = await postJson(`${app.url}/orders/${String(index)}?${query}`, body, headers);
          expect(answer.status).toBe(500);
        }),
      );
      expect(await app.tracker.flush(60_000)).toBe(true);
    }

    const folder = dirname(app.databaseFile);
    for (const file of readdirSync(folder)) {
      expectNoSecret(`the database's ${file}`, readFileSync(join(folder, file), 'latin1'));
    }

    const mailer = app.app.get(MailNotifier, { strict: false });
    let events = 0;
    let cursor: string | undefined;
    do {
      const page = await app.store.findIssues({ limit: 200, cursor });
      for (const issue of page.items) {
        const { items } = await app.store.findEvents(issue.id, 100);
        for (const { event } of items) {
          events += 1;
          const address = `${app.url}/errors/issues/${String(issue.id)}/events/${event.id}`;
          expectNoSecret('a page', (await http(address)).body);
          expectNoSecret('the API', (await http(`${app.url}/errors/api/events/${event.id}`)).body);
          await mailer.notify(
            { kind: 'new-issue', dedupeKey: event.id, issue, event },
            AbortSignal.timeout(10_000),
          );
        }
      }
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    // While the event loop lags, known issues are only counted.
    expect(events).toBeGreaterThan(0.9 * RUNS);
    await smtp.arrived(events);
    for (const { raw, subject, text, html } of smtp.mails) {
      expectNoSecret('a mail', [raw, subject, text, html].join('\n'));
    }
    const own = app.logger.lines.filter(({ context }) => context === 'ErrorTracker');
    expectNoSecret('the log', JSON.stringify(own));
  },
  20 * 60_000,
);
