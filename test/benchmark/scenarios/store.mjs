import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import libsql from 'libsql';
import { ErrorTrackerModule, EventStore } from 'nestjs-error-tracker';
import { aBatch, aDelta, samplesOf } from 'nestjs-error-tracker/testing';
import { databaseOptions, scratchPostgres } from '../databases.mjs';
import { spread } from '../statistics.mjs';

const EVENTS = Number(process.env.BENCH_EVENTS ?? 1_000_000);
const ISSUES = 2_000;
const REPEATS = 40;
const DAY = 24 * 3_600_000;

/** What the dashboard's pages ask of the store, and what retention does to it, over many events. */
export async function store() {
  const folder = mkdtempSync(join(tmpdir(), 'nestjs-error-tracker-bench-'));
  const { name, drop } = await scratchPostgres();
  try {
    const file = { type: 'better-sqlite3', database: join(folder, 'errors.sqlite'), driver: libsql };
    process.env.BENCH_DATABASE_NAME = name;
    const rows = await storeOn('SQLite', file);
    return [...rows, ...(await storeOn('PostgreSQL', databaseOptions('postgres')))];
  } finally {
    await drop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function storeOn(title, options) {
  class StoreModule {}
  Reflect.decorate([Module({ imports: [ErrorTrackerModule.forRoot({ database: options })] })], StoreModule);
  const app = await NestFactory.createApplicationContext(StoreModule, { logger: false });
  const events = app.get(EventStore);
  await events.open();
  const now = Date.now();
  const perEvent = await fill(events, now);
  const list = await timed(async () => {
    const { items } = await events.findIssues({ status: 'open', limit: 25 });
    await events.countIssues();
    await events.getHours(
      items.map(({ id }) => id),
      now - DAY,
    );
  });
  const search = await timed(() => events.findIssues({ search: 'bug 77', limit: 25 }));
  const { items } = await events.findIssues({ limit: 1 });
  const [{ id }] = items;
  const detail = await timed(async () => {
    await events.getIssue(id);
    const [newest] = (await events.findEvents(id, 1)).items;
    await events.getNeighbours(id, newest.seq);
    await events.getActivity(id, 50);
    await events.getHours([id], now - 30 * DAY);
  });
  const rules = {
    eventDays: 30,
    eventsPerIssue: 100,
    events: EVENTS,
    quietIssueDays: 90,
    hourlyDays: 30,
    dailyDays: 365,
  };
  const startedAt = performance.now();
  const report = await events.prune(rules, 'bench', now);
  const pruned = performance.now() - startedAt;
  await app.close();
  return [
    [`${title}: an event stored, in batches`, '', `${(1000 * perEvent).toFixed(0)} µs`],
    [`${title}: list page, ${ISSUES} issues, ${EVENTS} events`, '≤ 5 ms', `${spread(list, 1)} ms`],
    [`${title}: search in titles`, '', `${spread(search, 1)} ms`],
    [`${title}: issue page`, '', `${spread(detail, 1)} ms`],
    [`${title}: one run of retention`, '', `${report.events} events in ${(pruned / 1000).toFixed(1)} s`],
  ];
}

async function fill(events, now) {
  const perIssue = EVENTS / ISSUES;
  const startedAt = performance.now();
  for (let first = 0; first < ISSUES; first += 10) {
    for (let round = 0; round < perIssue; round += 50) {
      const deltas = Array.from({ length: 10 }, (_, index) => {
        const bug = `bug ${first + index} of all`;
        const at = now - ((first + index + round) % 700) * 3_600_000;
        return aDelta(bug, { lastSeen: at, samples: samplesOf(bug, Math.min(50, perIssue), { at }) });
      });
      await events.save({ ...aBatch(...deltas), instance: 'bench' }, () => []);
    }
  }
  return (performance.now() - startedAt) / EVENTS;
}

async function timed(work) {
  const times = [];
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    const startedAt = performance.now();
    await work();
    if (repeat >= 5) times.push(performance.now() - startedAt);
  }
  return times;
}
