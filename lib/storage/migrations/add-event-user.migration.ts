import { TableColumn, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

const EVENT = 'error_tracker_event';
const COLUMN = 'user_hash';
const INDEX = 'error_tracker_event_user';

/** Lets all events of a user be found without reading any. Code that does not know the column goes on as before. */
export class AddEventUser1795305600000 implements MigrationInterface {
  readonly name = 'AddEventUser1795305600000';

  async up(queryRunner: QueryRunner): Promise<void> {
    const { type } = queryRunner.connection.options;
    if (type === 'better-sqlite3') {
      // TypeORM would copy the whole table.
      await queryRunner.query(`ALTER TABLE "${EVENT}" ADD COLUMN "${COLUMN}" varchar(64)`);
      await queryRunner.query(`CREATE INDEX "${INDEX}" ON "${EVENT}" ("${COLUMN}")`);
      return;
    }
    const isMysql = type === 'mysql' || type === 'mariadb';
    const exact = isMysql ? { charset: 'utf8mb4', collation: 'utf8mb4_bin' } : {};
    await queryRunner.addColumn(
      EVENT,
      new TableColumn({ name: COLUMN, type: 'varchar', length: '64', isNullable: true, ...exact }),
    );
    await queryRunner.createIndex(EVENT, new TableIndex({ name: INDEX, columnNames: [COLUMN] }));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    if (queryRunner.connection.options.type === 'better-sqlite3') {
      await queryRunner.query(`DROP INDEX "${INDEX}"`);
      await queryRunner.query(`ALTER TABLE "${EVENT}" DROP COLUMN "${COLUMN}"`);
      return;
    }
    await queryRunner.dropIndex(EVENT, INDEX);
    await queryRunner.dropColumn(EVENT, COLUMN);
  }
}
