// A million errors of which no two are alike, as fast as they come.
import 'reflect-metadata';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import libsql from 'libsql';
import { ErrorTrackerModule, ErrorTrackerService, IssueService } from 'nestjs-error-tracker';

const ERRORS = Number(process.env.BENCH_ERRORS ?? 1_000_000);

class DistinctModule {}
const database = { type: 'better-sqlite3', database: join(process.cwd(), 'distinct.sqlite'), driver: libsql };
Reflect.decorate([Module({ imports: [ErrorTrackerModule.forRoot({ database })] })], DistinctModule);
const app = await NestFactory.createApplicationContext(DistinctModule, { logger: false });
const tracker = app.get(ErrorTrackerService);

const word = (n) => [...String(n)].map((digit) => 'abcdefghij'[digit]).join('');
tracker.capture(new Error('warm up'));
await tracker.flush();
const before = process.memoryUsage.rss();
let peak = before;
for (let n = 0; n < ERRORS; n += 1) {
  tracker.capture(new Error(word(n)));
  if (n % 100 === 99) await nextTurn();
  if (n % 5_000 === 0) peak = Math.max(peak, process.memoryUsage.rss());
}
const isStored = await tracker.flush(60_000);
const issues = app.get(IssueService);
const { open } = await issues.counts();
let counted = 0;
for (let cursor; ;) {
  const page = await issues.find({ limit: 200, cursor });
  counted += page.items.reduce((sum, { eventCount }) => sum + eventCount, 0);
  cursor = page.nextCursor;
  if (cursor === undefined) break;
}
const dropped = Object.values(tracker.health().dropped).reduce((sum, n) => sum + n, 0);
process.send({
  growth: (peak - before) / 1_048_576,
  issues: open,
  counted: counted - 1,
  dropped,
  isStored,
  errors: ERRORS,
});
await app.close();
