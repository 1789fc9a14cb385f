import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  ErrorTrackerModule,
  ErrorTrackerService,
  Masker,
  Notifier,
  type ErrorTrackerOptions,
} from '../../lib/index.js';
import { sqlite, startApp } from '../support/app.js';

async function bootError(options: object): Promise<string> {
  try {
    const app = await startApp({ tracker: options as ErrorTrackerOptions });
    await app.close();
    return 'booted';
  } catch (error) {
    return String(error);
  }
}

describe('options at boot', () => {
  it.each([
    ['an unknown option', { maxBreadcrumb: 10 }, /"maxBreadcrumb".*"limits\.maxBreadcrumbs"/],
    ['a wrong type', { limits: { depth: 'deep' } }, /"limits\.depth".*integer.*"?deep/],
    ['an address that is none', { mail: { from: 'nobody', admins: [] } }, /mail\.from/],
    ['a database of another kind', { database: { type: 'mongodb' } }, /database.*(postgres|mysql)/],
    ['synchronize', { database: { ...sqlite('x.sqlite'), synchronize: true } }, /synchronize/],
    ['a notifier that is none', { notifiers: [class NotANotifier {}] }, /NotANotifier.*Notifier/],
  ])('refuses %s and names the cure', async (_name, options, message) => {
    expect(await bootError(options)).toMatch(message);
  });

  it('refuses a second forRoot in one application', async () => {
    const second = ErrorTrackerModule.forRoot({ database: sqlite('never-opened.sqlite') });
    await expect(startApp({ imports: [second] })).rejects.toThrow(/more than once/);
  });

  it('takes options from a factory, with classes beside it built by DI', async () => {
    @Injectable()
    class Setting {
      readonly environment = 'from-di';
    }
    @Module({ providers: [Setting], exports: [Setting] })
    class SettingModule {}
    @Injectable()
    class Silent extends Notifier {
      override readonly name = 'silent';
      constructor(readonly setting: Setting) {
        super();
      }
      override notify(): Promise<void> {
        return Promise.resolve();
      }
    }
    @Injectable()
    class HidesAll extends Masker {
      override mask(path: readonly string[], key: string, value: unknown): unknown {
        return path[0] === 'tags' ? `hidden ${key}` : value;
      }
    }
    @Module({
      imports: [
        ErrorTrackerModule.forRootAsync({
          imports: [SettingModule],
          inject: [Setting],
          useFactory: ({ environment }: Setting): ErrorTrackerOptions => ({
            environment,
            database: sqlite(':memory:'),
          }),
          notifiers: [Silent],
          masker: HidesAll,
        }),
      ],
    })
    class AppModule {}
    const app = await NestFactory.createApplicationContext(AppModule, { logger: false, abortOnError: false });
    const tracker = app.get(ErrorTrackerService, { strict: false });
    const id = tracker.capture(new Error('x'), { tags: { a: '1' } });
    await tracker.flush();
    expect(id).toBeDefined();
    expect(app.get(Silent, { strict: false }).setting.environment).toBe('from-di');
    await app.close();
  });

  it('captures, opens and stores nothing when it is switched off', async () => {
    const app = await startApp({ tracker: { enabled: false } });
    expect(app.tracker.capture(new Error('x'))).toBeUndefined();
    expect(app.tracker.health()).toMatchObject({ capturedEvents: 0, queuedEvents: 0 });
    await app.close();
  });
});
