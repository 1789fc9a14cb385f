import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplication, ModuleMetadata, Type } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import libsql from 'libsql';
import type { DataSourceOptions } from 'typeorm';
import {
  ErrorTrackerModule,
  ErrorTrackerService,
  EventStore,
  IssueService,
  Permission,
  type ErrorEvent,
  type ErrorTrackerExtras,
  type ErrorTrackerOptions,
  type Issue,
} from '../../lib/index.js';
import { RecordingLogger } from './recording-logger.js';

export const PLATFORMS = ['Express', 'Fastify'] as const;
export type Platform = (typeof PLATFORMS)[number];

export class Everybody extends Permission {
  override allows(): boolean {
    return true;
  }
}

export interface TestAppOptions extends Pick<ModuleMetadata, 'controllers' | 'providers' | 'imports'> {
  readonly platform?: Platform;
  /** `false` boots the same application without the tracker. */
  readonly tracker?: (ErrorTrackerOptions & ErrorTrackerExtras) | false;
  /** Runs before the application starts to listen. */
  readonly prepare?: (app: INestApplication) => void;
}

export interface Captured {
  readonly issue: Issue;
  readonly event: ErrorEvent;
}

export interface TestApp {
  readonly app: INestApplication;
  readonly url: string;
  readonly logger: RecordingLogger;
  readonly tracker: ErrorTrackerService;
  readonly issues: IssueService;
  readonly store: EventStore;
  /** The tracker's SQLite file, unless the test brings a database of its own. */
  readonly databaseFile: string;
  /** Every issue with its newest event, once all that was captured is stored. */
  captured(): Promise<readonly Captured[]>;
  /** Every issue, once all that was captured is stored. */
  allIssues(): Promise<readonly Issue[]>;
  close(): Promise<void>;
}

/** An embedded database in `file`, through the driver that needs no compiler. */
export function sqlite(file: string): DataSourceOptions {
  return { type: 'better-sqlite3', driver: libsql, database: file };
}

/**
 * Boots a real application that listens on a port of its own, with the tracker on an SQLite file.
 */
export async function startApp(options: TestAppOptions = {}): Promise<TestApp> {
  const folder = mkdtempSync(join(tmpdir(), 'error-tracker-'));
  const databaseFile = join(folder, 'errors.sqlite');
  const { platform = 'Express', tracker = {}, prepare } = options;
  const logger = new RecordingLogger();
  const app = await NestFactory.create(
    rootModule(options, tracker && { database: sqlite(databaseFile), permission: Everybody, ...tracker }),
    platform === 'Express' ? new ExpressAdapter() : new FastifyAdapter(),
    { logger, abortOnError: false },
  );
  prepare?.(app);
  await app.listen(0, '127.0.0.1');
  const find = <T>(type: Type<T> | (abstract new () => T)): T => app.get<T>(type, { strict: false });
  const running: TestApp = {
    app,
    url: await app.getUrl(),
    logger,
    databaseFile,
    get tracker() {
      return find(ErrorTrackerService);
    },
    get issues() {
      return find(IssueService);
    },
    get store() {
      return find(EventStore);
    },
    async allIssues() {
      if (!(await running.tracker.flush(10_000))) throw new Error('The tracker could not store its events.');
      return (await running.store.findIssues({ limit: 200 })).items;
    },
    async captured() {
      const issues = await running.allIssues();
      return Promise.all(
        issues.map(async (issue) => {
          const { items } = await running.store.findEvents(issue.id, 1);
          return { issue, event: items[0]!.event };
        }),
      );
    },
    async close() {
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return running;
}

function rootModule(
  { controllers, providers, imports }: TestAppOptions,
  tracker: (ErrorTrackerOptions & ErrorTrackerExtras) | false,
): Type {
  @Module({
    imports: [...(tracker ? [ErrorTrackerModule.forRoot(tracker)] : []), ...(imports ?? [])],
    controllers,
    providers,
  })
  class AppModule {}
  return AppModule;
}
