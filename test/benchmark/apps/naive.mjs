// What one writes in an afternoon: a filter that inserts a row for every error.
import { Catch, HttpException, Module } from '@nestjs/common';
import { APP_FILTER, BaseExceptionFilter, HttpAdapterHost } from '@nestjs/core';
import { getRepositoryToken, TypeOrmModule } from '@nestjs/typeorm';
import { EntitySchema } from 'typeorm';
import { databaseOptions } from '../databases.mjs';
import { startShop } from './shop.mjs';

const Failure = new EntitySchema({
  name: 'failure',
  columns: {
    id: { type: 'integer', primary: true, generated: 'increment' },
    at: { type: 'bigint' },
    message: { type: 'text' },
    stack: { type: 'text' },
    request: { type: 'text' },
  },
});

class RecordingFilter extends BaseExceptionFilter {
  constructor(adapterHost, failures) {
    super(adapterHost.httpAdapter);
    this.failures = failures;
  }

  catch(exception, host) {
    if (!(exception instanceof HttpException)) {
      const { method, url, headers } = host.switchToHttp().getRequest();
      this.failures
        .insert({
          at: Date.now(),
          message: exception.message,
          stack: exception.stack,
          request: JSON.stringify({ method, url, headers }),
        })
        .catch(() => undefined);
    }
    super.catch(exception, host);
  }
}
Reflect.decorate([Catch()], RecordingFilter);

class NaiveModule {}
Reflect.decorate(
  [
    Module({
      imports: [
        TypeOrmModule.forRoot({ ...databaseOptions(), entities: [Failure], synchronize: true }),
        TypeOrmModule.forFeature([Failure]),
      ],
      providers: [
        {
          provide: APP_FILTER,
          inject: [HttpAdapterHost, getRepositoryToken(Failure)],
          useFactory: (adapterHost, failures) => new RecordingFilter(adapterHost, failures),
        },
      ],
    }),
  ],
  NaiveModule,
);

await startShop([NaiveModule]);
