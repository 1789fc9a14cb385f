import type { Logger } from 'typeorm';

/** TypeORM writes to the console of its own accord when a migration fails; the tracker says that itself, once. */
export class SilentLogger implements Logger {
  logQuery(): void {}
  logQueryError(): void {}
  logQuerySlow(): void {}
  logSchemaBuild(): void {}
  logMigration(): void {}
  log(): void {}
}
