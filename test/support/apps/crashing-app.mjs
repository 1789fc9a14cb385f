// An application in a process of its own that ends badly, in the way that ACTION names. With
// ACTION=report it tells what the tracker's database holds.
import 'reflect-metadata';
import { Catch, Controller, Get, Module, UseFilters } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import libsql from 'libsql';
import { ErrorTrackerModule, ErrorTrackerService, EventStore } from 'nestjs-error-tracker';

const { ACTION, DATABASE, OPTIONS, TRACKER } = process.env;

class RejectingFilter {
  async catch() {
    throw new Error('the filter rejected');
  }
}
Reflect.decorate([Catch()], RejectingFilter);

class FailingController {
  fail() {
    throw new Error('for the filter');
  }
}
Reflect.decorate(
  [Get('fail'), UseFilters(new RejectingFilter())],
  FailingController.prototype,
  'fail',
  Object.getOwnPropertyDescriptor(FailingController.prototype, 'fail'),
);
Reflect.decorate([Controller()], FailingController);

class AppModule {}
Reflect.decorate(
  [
    Module({
      controllers: [FailingController],
      imports:
        TRACKER === 'no'
          ? []
          : [
              ErrorTrackerModule.forRoot({
                database: { type: 'better-sqlite3', driver: libsql, database: DATABASE },
                ...JSON.parse(OPTIONS ?? '{}'),
              }),
            ],
    }),
  ],
  AppModule,
);

const app = await NestFactory.create(AppModule, { logger: false });
await app.init();
const tracker = TRACKER === 'no' ? undefined : app.get(ErrorTrackerService);
const later = (work) => setTimeout(work, 30);

const actions = {
  throw() {
    process.emitWarning('an old way');
    later(() => {
      throw new Error('timer broke');
    });
  },
  reject() {
    void Promise.reject(new Error('nobody caught it'));
  },
  rejectText() {
    void Promise.reject('a text');
  },
  captureAndThrow() {
    const error = new Error('seen before');
    tracker?.capture(error);
    later(() => {
      throw error;
    });
  },
  surviveException() {
    process.on('uncaughtException', () => undefined);
    later(() => {
      throw new Error('survived');
    });
    setTimeout(() => process.exit(0), 300);
  },
  surviveRejection() {
    process.on('unhandledRejection', () => undefined);
    void Promise.reject(new Error('rejected and survived'));
    setTimeout(() => process.exit(0), 300);
  },
  exit() {
    tracker?.capture(new Error('left behind, password=hunter2'));
    process.exit(3);
  },
  async filterRejects() {
    await app.listen(0, '127.0.0.1');
    // The request is never answered.
    await fetch(`${await app.getUrl()}/fail`).catch(() => undefined);
  },
  async report() {
    // Opening the store stores what an earlier process left behind.
    tracker.captureMessage('reporting');
    await tracker.flush(10_000);
    const store = app.get(EventStore);
    const { items } = await store.findIssues({ limit: 100 });
    const reports = [];
    for (const issue of items) {
      const { event } = (await store.findEvents(issue.id, 1)).items[0];
      reports.push({ title: issue.title, count: issue.eventCount, event });
    }
    process.send(reports.filter(({ title }) => title !== 'reporting'));
    await app.close();
  },
};

await actions[ACTION]();
