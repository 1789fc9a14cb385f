import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addTextColumn, dropTextColumn, type TextColumn } from '../text-column.js';

const USER: TextColumn = {
  table: 'error_tracker_event',
  name: 'user_hash',
  length: 64,
  index: 'error_tracker_event_user',
};

/**
 * Lets all events of a user be found without reading events. Code that does not know the column
 * works on as before.
 */
export class AddEventUser1795305600000 implements MigrationInterface {
  readonly name = 'AddEventUser1795305600000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await addTextColumn(queryRunner, USER);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropTextColumn(queryRunner, USER);
  }
}
