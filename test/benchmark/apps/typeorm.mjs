// The same application with a database of its own and no tracker: what most applications are.
import { TypeOrmModule } from '@nestjs/typeorm';
import { databaseOptions } from '../databases.mjs';
import { startShop } from './shop.mjs';

await startShop([TypeOrmModule.forRoot(databaseOptions())]);
