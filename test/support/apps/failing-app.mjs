// An application in a process of its own, as users run it: the built package, loaded by name. Its database comes from the
// environment.
import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import libsql from 'libsql';
import { ErrorTrackerModule } from 'nestjs-error-tracker';

class FailingController {
  fail() {
    throw new Error('the child broke');
  }
}
Reflect.decorate(
  [Get('fail')],
  FailingController.prototype,
  'fail',
  Object.getOwnPropertyDescriptor(FailingController.prototype, 'fail'),
);
Reflect.decorate([Controller()], FailingController);

const { DATABASE, OPTIONS, PLATFORM } = process.env;
const database = JSON.parse(DATABASE);

class AppModule {}
Reflect.decorate(
  [
    Module({
      imports: [
        ErrorTrackerModule.forRoot({
          database: database.type === 'better-sqlite3' ? { ...database, driver: libsql } : database,
          ...JSON.parse(OPTIONS ?? '{}'),
        }),
      ],
      controllers: [FailingController],
    }),
  ],
  AppModule,
);

const adapter = PLATFORM === 'Fastify' ? new FastifyAdapter() : new ExpressAdapter();
const app = await NestFactory.create(AppModule, adapter, { logger: ['error', 'warn', 'log'] });
app.enableShutdownHooks();
await app.listen(0, '127.0.0.1');
process.send({ url: await app.getUrl() });
