// What a capture costs the turn it happens in, without a server around it: µs per report of the
// filter.
import 'reflect-metadata';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Module } from '@nestjs/common';
import { ModulesContainer, NestFactory } from '@nestjs/core';
import libsql from 'libsql';
import { ErrorTrackerModule, ErrorTrackerService } from 'nestjs-error-tracker';
import { hostileText } from '../../support/hostile-texts.mjs';

const ROUNDS = 12;

async function boot(name, options) {
  class TurnModule {}
  const database = {
    type: 'better-sqlite3',
    database: join(process.cwd(), `${name}.sqlite`),
    driver: libsql,
  };
  const tracker = ErrorTrackerModule.forRoot({ database, projectRoot: import.meta.dirname, ...options });
  Reflect.decorate([Module({ imports: [tracker] })], TurnModule);
  const app = await NestFactory.createApplicationContext(TurnModule, { logger: false });
  return { app, tracker: app.get(ErrorTrackerService), intake: intakeOf(app) };
}

/** Where the doors report: an inner part, which the package does not export. */
function intakeOf(app) {
  const modules = [...app.get(ModulesContainer).values()];
  const wrappers = modules.flatMap((module) => [...module.providers.values()]);
  return wrappers.find(({ metatype }) => metatype?.name === 'Intake').instance;
}

class Stock {
  reserve(sku) {
    throw new Error(`no stock left for ${sku}`);
  }
}
const stock = new Stock();

function thrownBy(work) {
  try {
    return work();
  } catch (error) {
    // The host's logger reads it first.
    void error.stack;
    return error;
  }
}

const words = (n) => [...String(n)].map((digit) => 'abcdefghij'[digit]).join('');
/** Another type and another message each time: nothing of it was seen before. */
function different(n) {
  const type = { [`Error${words(n)}`]: class extends Error {} }[`Error${words(n)}`];
  return thrownBy(() => {
    throw new type(`the reason ${words(n)} of all`);
  });
}

const request = {
  method: 'POST',
  originalUrl: '/orders/17?page=2',
  url: '/orders/17?page=2',
  route: { path: '/orders/:id' },
  query: { page: '2' },
  params: { id: '17' },
  headers: { host: 'shop.example', authorization: 'Bearer abc', 'user-agent': 'curl/8', accept: '*/*' },
  body: { sku: 'A-1', amount: 3, address: { street: 'High Street', town: 'Lampton' } },
  ip: '127.0.0.1',
};

const asTheFilterDoes = {
  site: { source: 'http', request },
  handled: false,
  severity: 'error',
  severityReason: 'unhandled',
};

/** µs per call, for each of the rounds. */
async function measure({ tracker, intake }, each, make) {
  const results = [];
  let made = 0;
  for (let round = -2; round < ROUNDS; round += 1) {
    const errors = Array.from({ length: each }, () => make(made++));
    const startedAt = process.hrtime.bigint();
    for (const exception of errors) intake.report({ ...asTheFilterDoes, exception });
    const spent = Number(process.hrtime.bigint() - startedAt) / 1000;
    // The first rounds warm up.
    if (round >= 0) results.push(spent / each);
    await tracker.flush(20_000);
  }
  return results;
}

const booted = await boot('turn', {
  limits: { pendingIssues: 100_000, pendingBytes: 1_073_741_824, newIssuesPerMinute: 1_000_000 },
});
const { app, tracker } = booted;
const answer = {};
answer.same = await measure(booted, 5_000, () => thrownBy(() => stock.reserve('A-1')));
answer.different = await measure(booted, 500, different);
answer.hostile = [];
for (let seed = 0; seed < 300; seed += 1) {
  const text = hostileText(seed);
  const error = Object.assign(new Error(text), { details: text, fingerprint: `seed ${seed}` });
  const startedAt = process.hrtime.bigint();
  tracker.capture(error, { tags: { text }, contexts: { text: { text } } });
  answer.hostile.push(Number(process.hrtime.bigint() - startedAt) / 1e6);
  if (seed % 20 === 19) await tracker.flush(20_000);
}
await app.close();

/** µs that an exception costs which somebody throws and catches. */
const throwing = (times) => {
  const startedAt = process.hrtime.bigint();
  for (let n = 0; n < times; n += 1) {
    try {
      stock.reserve('A-1');
    } catch {
      // That was it.
    }
  }
  return Number(process.hrtime.bigint() - startedAt) / 1000 / times;
};
const watched = await boot('watched', { capture: { localVariables: true } });
await sleep(1_500);
answer.watched = [];
for (let round = 0; round < 8; round += 1) {
  answer.watched.push(throwing(15));
  await sleep(1_100);
}
throwing(100);
await sleep(100);
answer.resting = Array.from({ length: 20 }, () => throwing(1_000));
await watched.app.close();
await sleep(200);
answer.unwatched = Array.from({ length: 20 }, () => throwing(1_000));
process.send(answer);
