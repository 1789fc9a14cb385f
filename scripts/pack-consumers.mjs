// The two applications that install the packed library. The same source compiles to ESM and to
// CommonJS.
const app = `
import 'reflect-metadata';
import { Controller, Get, Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ErrorTrackerModule, Permission } from 'nestjs-error-tracker';

@Injectable()
class AllowAll extends Permission {
  allows(): boolean {
    return true;
  }
}

@Controller()
class FailingController {
  @Get('boom')
  boom(): never {
    throw new Error('a bug of the consumer');
  }
}

@Module({
  imports: [ErrorTrackerModule.forRoot({ permission: AllowAll })],
  controllers: [FailingController],
})
class AppModule {}

async function main(): Promise<void> {
  const app = await NestFactory.create(AppModule, { logger: ['warn', 'error'] });
  app.enableShutdownHooks();
  await app.listen(0, '127.0.0.1');
  console.log('listening on ' + (await app.getUrl()));
}

void main();

// Proves that the compiler found the declarations: a module without types would take anything.
export const typed = (): unknown =>
  // @ts-expect-error there is no such option
  ErrorTrackerModule.forRoot({ noSuchOption: true });
`;

const suite = `
import { Test } from '@nestjs/testing';
import { ErrorTrackerModule, ErrorTrackerService } from 'nestjs-error-tracker';

it('tracks inside a jest suite', async () => {
  const module = await Test.createTestingModule({
    imports: [ErrorTrackerModule.forRoot({ database: { type: 'better-sqlite3', database: ':memory:', driver: require('libsql') } })],
  }).compile();
  const app = module.createNestApplication({ logger: false });
  await app.init();
  expect(typeof app.get(ErrorTrackerService).capture(new Error('a bug in a suite'))).toBe('string');
  await app.close();
});
`;

/** Compiled and run only after the rest has been proven without these packages. */
export const doors = `
import 'reflect-metadata';
import { Controller, Get, Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CqrsModule, EventBus, EventsHandler } from '@nestjs/cqrs';
import { EventEmitter2, EventEmitterModule, OnEvent } from '@nestjs/event-emitter';
import { ClientProxyFactory, MessagePattern, Transport } from '@nestjs/microservices';
import { Interval, ScheduleModule } from '@nestjs/schedule';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { createServer } from 'node:net';
import { io } from 'socket.io-client';
import { ErrorTrackerModule, ErrorTrackerService, IssueService } from 'nestjs-error-tracker';

class Paid {}

@EventsHandler(Paid)
class PaidHandler {
  handle(): void {
    throw new Error('cqrs');
  }
}

@WebSocketGateway()
class Gateway {
  @SubscribeMessage('ask')
  ask(): never {
    throw new Error('ws');
  }
}

@Injectable()
class Jobs {
  private done = false;

  @Interval('once', 20)
  run(): void {
    if (this.done) return;
    this.done = true;
    throw new Error('cron');
  }

  @OnEvent('paid')
  paid(): void {
    throw new Error('event');
  }
}

@Controller()
class Messages {
  constructor(readonly tracker: ErrorTrackerService) {}

  @MessagePattern('ask')
  ask(): never {
    throw new Error('rpc');
  }

  @Get('boom')
  boom(): never {
    throw new Error('http');
  }
}

@Module({
  imports: [
    ErrorTrackerModule.forRoot({ database: { type: 'better-sqlite3', database: 'doors.sqlite', driver: require('libsql') } }),
    CqrsModule.forRoot(),
    EventEmitterModule.forRoot(),
    ScheduleModule.forRoot(),
  ],
  controllers: [Messages],
  providers: [PaidHandler, Gateway, Jobs],
})
class AppModule {}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function main(): Promise<void> {
  const app = await NestFactory.create(AppModule, { logger: false });
  const options = { host: '127.0.0.1', port: await freePort() };
  app.connectMicroservice({ transport: Transport.TCP, options });
  await app.startAllMicroservices();
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();

  await fetch(url + '/boom');
  app.get(EventEmitter2).emit('paid');
  app.get(EventBus).publish(new Paid());
  const client = ClientProxyFactory.create({ transport: Transport.TCP, options });
  await new Promise<void>((resolve) => client.send('ask', {}).subscribe({ error: () => resolve() }));
  await client.close();
  const socket = io(url, { transports: ['websocket'] });
  await new Promise((resolve) => {
    socket.once('exception', resolve);
    socket.emit('ask', {});
  });
  socket.close();
  await new Promise((resolve) => setTimeout(resolve, 200));

  const tracker = app.get(ErrorTrackerService);
  await tracker.flush(5000);
  const { items } = await app.get(IssueService).find({ limit: 50 });
  console.log(JSON.stringify(items.map(({ title, source, eventCount }) => [title, source, eventCount]).sort()));
  await app.close();
}

void main();
`;

const compilerOptions = {
  target: 'ES2022',
  rootDir: 'src',
  outDir: 'dist',
  strict: true,
  skipLibCheck: true,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
};

const tsconfig = (options) =>
  JSON.stringify({ compilerOptions: { ...compilerOptions, ...options }, include: ['src'] });

export const consumers = [
  {
    name: 'Nest 12, ESM, TypeScript 6 nodenext',
    packages: {
      '@nestjs/common': '^12.0.0',
      '@nestjs/core': '^12.0.0',
      '@nestjs/platform-express': '^12.0.0',
      '@nestjs/typeorm': '^12.0.0',
      '@types/node': '^20.19.0',
      libsql: '0.5.29',
      'reflect-metadata': '^0.2.2',
      rxjs: '^7.8.2',
      typeorm: '^1.1.1',
      typescript: '6.0.3',
    },
    files: {
      'package.json': JSON.stringify({ private: true, type: 'module' }),
      'tsconfig.json': tsconfig({ module: 'nodenext', moduleResolution: 'nodenext', types: ['node'] }),
      'src/app.ts': app,
    },
    integrations: {
      '@nestjs/cqrs': '^12.0.0',
      '@nestjs/event-emitter': '^12.0.0',
      '@nestjs/microservices': '^12.0.0',
      '@nestjs/platform-socket.io': '^12.0.0',
      '@nestjs/schedule': '^12.0.0',
      '@nestjs/websockets': '^12.0.0',
      'socket.io-client': '^4.8.0',
    },
  },
  {
    name: 'Nest 11, CommonJS, TypeScript 5.9 node10, TypeORM 0.3, jest',
    packages: {
      '@nestjs/common': '^11.0.0',
      '@nestjs/core': '^11.0.0',
      '@nestjs/platform-express': '^11.0.0',
      '@nestjs/testing': '^11.0.0',
      '@nestjs/typeorm': '^11.0.0',
      '@types/jest': '^30.0.0',
      '@types/node': '^20.19.0',
      jest: '^30.0.0',
      libsql: '0.5.29',
      'reflect-metadata': '^0.2.2',
      rxjs: '^7.8.2',
      'ts-jest': '^29.4.0',
      typeorm: '^0.3.20',
      typescript: '~5.9.0',
    },
    files: {
      // The newest unrs-resolver (of jest) names platform packages that are not all published.
      'package.json': JSON.stringify({ private: true, overrides: { 'unrs-resolver': '1.11.1' } }),
      'tsconfig.json': tsconfig({ module: 'commonjs', moduleResolution: 'node10', types: ['node', 'jest'] }),
      'src/app.ts': app,
      'src/app.spec.ts': suite,
      'jest.config.js': `module.exports = { rootDir: 'src', preset: 'ts-jest', testTimeout: 30000 };\n`,
    },
    integrations: {
      '@nestjs/cqrs': '^11.0.0',
      '@nestjs/event-emitter': '^3.0.0',
      '@nestjs/microservices': '^11.0.0',
      '@nestjs/platform-socket.io': '^11.0.0',
      '@nestjs/schedule': '^6.0.0',
      '@nestjs/websockets': '^11.0.0',
      'socket.io-client': '^4.8.0',
    },
    jest: true,
  },
];
