import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addTextColumn, dropTextColumn, type TextColumn } from '../text-column.js';

const RELEASE: TextColumn = { table: 'error_tracker_event', name: 'release_name', length: 190 };

/**
 * Lets retention keep an event of each release without reading events. `release` is a reserved word
 * of MySQL's.
 */
export class AddEventRelease1795392000000 implements MigrationInterface {
  readonly name = 'AddEventRelease1795392000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await addTextColumn(queryRunner, RELEASE);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropTextColumn(queryRunner, RELEASE);
  }
}
