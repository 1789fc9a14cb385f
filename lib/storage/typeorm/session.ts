import type { DataSource, QueryRunner } from 'typeorm';
import { eventLoopTurn } from '../../time/pause.js';
import {
  FOR_UPDATE,
  type SqlValue,
  type Statement,
  type StatementPart,
  type TableName,
} from './statement.js';

/** What becomes of a row whose key is taken already; without `update` the present one stays as it is. */
export interface OnConflict {
  readonly keys: readonly string[];
  /** Assignments in the order they are made: MySQL sees earlier ones in later ones. */
  readonly update?: (present: (column: string) => string, incoming: (column: string) => string) => string[];
}

/** Databases limit the parameters of one statement; and SQLite stops the process while it works on one. */
const MAX_PARAMETERS = 4000;
const NOTICEABLE_ROWS = 50;

/** One connection with a transaction open, and the few words the databases do not share. */
export class Session {
  readonly isMysql: boolean;
  readonly isPostgres: boolean;

  constructor(
    private readonly dataSource: DataSource,
    readonly runner: QueryRunner,
  ) {
    const { type } = dataSource.options;
    this.isMysql = type === 'mysql' || type === 'mariadb';
    this.isPostgres = type === 'postgres';
  }

  async rows<Row>(statement: Statement): Promise<Row[]> {
    const parameters: SqlValue[] = [];
    const text = this.render(statement, parameters);
    return (await this.runner.query(text, parameters)) as Row[];
  }

  /** Returns the number of rows that were changed. */
  async run(statement: Statement): Promise<number> {
    const parameters: SqlValue[] = [];
    const text = this.render(statement, parameters);
    const result = await this.runner.query(text, parameters, true);
    return result.affected ?? 0;
  }

  /** Inserts rows, as many to a statement as fit. */
  async insert(
    table: TableName,
    columns: readonly string[],
    rows: readonly (readonly SqlValue[])[],
    conflict?: OnConflict,
  ): Promise<void> {
    const target = `${this.table(table)}${this.isMysql ? '' : ' AS present'} (${columns.join(', ')})`;
    const ending = conflict ? this.onConflict(conflict) : '';
    const perStatement = Math.max(1, Math.floor(MAX_PARAMETERS / columns.length));
    for (let start = 0; start < rows.length; start += perStatement) {
      const parameters: SqlValue[] = [];
      const chunk = rows.slice(start, start + perStatement);
      const tuples = chunk.map((row) => `(${this.list(row, parameters)})`);
      await this.runner.query(`INSERT INTO ${target} VALUES ${tuples.join(', ')}${ending}`, parameters);
      if (chunk.length >= NOTICEABLE_ROWS) await eventLoopTurn();
    }
  }

  private onConflict({ keys, update }: OnConflict): string {
    if (this.isMysql) {
      const sets = update?.(
        (column) => column,
        (column) => `VALUES(${column})`,
      );
      // Keeping the row by a change that changes nothing: INSERT IGNORE would swallow every other failure as well.
      const keep = `${keys[0] ?? ''} = ${keys[0] ?? ''}`;
      return ` ON DUPLICATE KEY UPDATE ${sets?.join(', ') ?? keep}`;
    }
    const sets = update?.(
      (column) => `present.${column}`,
      (column) => `excluded.${column}`,
    );
    return ` ON CONFLICT (${keys.join(', ')}) DO ${sets ? `UPDATE SET ${sets.join(', ')}` : 'NOTHING'}`;
  }

  private render({ texts, parts }: Statement, parameters: SqlValue[]): string {
    let text = texts[0] ?? '';
    parts.forEach((part, index) => {
      text += this.renderPart(part, parameters) + (texts[index + 1] ?? '');
    });
    return text;
  }

  private renderPart(part: StatementPart, parameters: SqlValue[]): string {
    // SQLite has one writer at a time and no word for it.
    if (part === FOR_UPDATE) return this.isMysql || this.isPostgres ? 'FOR UPDATE' : '';
    if (typeof part !== 'object' || part === null) return this.list([part], parameters);
    return 'table' in part ? this.table(part.table) : this.list(part, parameters);
  }

  private list(values: readonly SqlValue[], parameters: SqlValue[]): string {
    return values
      .map((value) => {
        parameters.push(value);
        return this.isPostgres ? `$${String(parameters.length)}` : '?';
      })
      .join(', ');
  }

  /** The table's name, quoted; on PostgreSQL it may stand in a schema of the application's choice. */
  private table(name: TableName): string {
    const { driver, options } = this.dataSource;
    const quoted = driver.escape(`error_tracker_${name}`);
    return options.type === 'postgres' && options.schema
      ? `${driver.escape(options.schema)}.${quoted}`
      : quoted;
  }
}
