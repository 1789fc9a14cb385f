import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module, type ModuleMetadata, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  ClientProxyFactory,
  type ClientOptions,
  type ClientProxy,
  type MicroserviceOptions,
} from '@nestjs/microservices';
import {
  ErrorTrackerModule,
  ErrorTrackerService,
  EventStore,
  type ErrorEvent,
  type ErrorTrackerOptions,
  type Issue,
} from '../../lib/index.js';
import { sqlite } from './app.js';
import { RecordingLogger } from './recording-logger.js';

export const SHAPES = [
  'a microservice',
  'a hybrid application',
  'a hybrid application that inherits',
] as const;
export type Shape = (typeof SHAPES)[number];

export interface MessageAppOptions extends Pick<ModuleMetadata, 'controllers' | 'providers' | 'imports'> {
  readonly shape: Shape;
  readonly transport: MicroserviceOptions & ClientOptions;
  readonly tracker?: ErrorTrackerOptions | false;
}

export interface MessageApp {
  readonly client: ClientProxy;
  readonly logger: RecordingLogger;
  /** Where a hybrid application answers requests. */
  readonly url: string;
  captured(): Promise<readonly { readonly issue: Issue; readonly event: ErrorEvent }[]>;
  close(): Promise<void>;
}

/**
 * Boots a real application that listens for messages, in each of the ways that Nest has for it, and
 * a client of it.
 */
export async function startMessageApp(options: MessageAppOptions): Promise<MessageApp> {
  const { shape, transport, tracker = {} } = options;
  const folder = mkdtempSync(join(tmpdir(), 'error-tracker-'));
  const logger = new RecordingLogger();
  const database = sqlite(join(folder, 'errors.sqlite'));
  const root = rootModule(options, tracker && { database, ...tracker });
  const start = async () => {
    if (shape === 'a microservice') {
      const service = await NestFactory.createMicroservice<MicroserviceOptions>(root, {
        ...transport,
        logger,
      });
      await service.listen();
      return { app: service, url: '' };
    }
    const app = await NestFactory.create(root, { logger, abortOnError: false });
    app.connectMicroservice(transport, { inheritAppConfig: shape.endsWith('inherits') });
    await app.startAllMicroservices();
    await app.listen(0, '127.0.0.1');
    return { app, url: await app.getUrl() };
  };
  const { app, url } = await start();
  const client = ClientProxyFactory.create(transport);
  await client.connect();
  logger.lines.length = 0;
  return {
    client,
    logger,
    url,
    async captured() {
      const store = app.get(EventStore, { strict: false });
      await app.get(ErrorTrackerService, { strict: false }).flush(10_000);
      const { items } = await store.findIssues({ limit: 200 });
      return Promise.all(
        items.map(async (issue) => ({ issue, event: (await store.findEvents(issue.id, 1)).items[0]!.event })),
      );
    },
    async close() {
      await client.close();
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function rootModule(
  { controllers, providers, imports }: MessageAppOptions,
  tracker: ErrorTrackerOptions | false,
): Type {
  @Module({
    imports: [...(tracker ? [ErrorTrackerModule.forRoot(tracker)] : []), ...(imports ?? [])],
    controllers,
    providers,
  })
  class AppModule {}
  return AppModule;
}
