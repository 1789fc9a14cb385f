import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import Libsql from 'libsql';
import { SETTINGS } from './settings.js';

/** The shop's own database. The tracker has another one, so neither waits for the other. */
@Module({
  imports: [
    TypeOrmModule.forRoot({
      type: 'better-sqlite3',
      driver: Libsql,
      database: SETTINGS.shopDatabase,
      autoLoadEntities: true,
      // Good enough for a sample. A real application has migrations.
      synchronize: true,
      enableWAL: true,
    }),
  ],
})
export class ShopDatabaseModule {}
