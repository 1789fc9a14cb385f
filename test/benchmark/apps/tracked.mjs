import { join } from 'node:path';
import libsql from 'libsql';
import { ErrorTrackerModule, Permission } from 'nestjs-error-tracker';
import { startShop } from './shop.mjs';

class AllowAll extends Permission {
  allows() {
    return true;
  }
}

await startShop([
  ErrorTrackerModule.forRoot({
    permission: AllowAll,
    projectRoot: import.meta.dirname,
    database: { type: 'better-sqlite3', database: join(process.cwd(), 'errors.sqlite'), driver: libsql },
  }),
]);
