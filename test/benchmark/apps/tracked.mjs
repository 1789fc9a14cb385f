import { ErrorTrackerModule, Permission } from 'nestjs-error-tracker';
import { databaseOptions } from '../databases.mjs';
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
    database: databaseOptions(),
  }),
]);
