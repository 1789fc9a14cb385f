import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addTextColumn, dropTextColumn, type TextColumn } from '../text-column.js';

const NAMED_USER: TextColumn = {
  table: 'error_tracker_event',
  name: 'named_user_hash',
  length: 64,
  index: 'error_tracker_event_named_user',
};

/**
 * Lets an event be found by the id that stands in it, which a hook or a masker may have put in
 * place of the user's.
 */
export class AddEventNamedUser1795478400000 implements MigrationInterface {
  readonly name = 'AddEventNamedUser1795478400000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await addTextColumn(queryRunner, NAMED_USER);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropTextColumn(queryRunner, NAMED_USER);
  }
}
