import type { DataSource, QueryRunner } from 'typeorm';
import { eventLoopTurn } from '../../time/pause.js';
import type { Grammar, OnConflict } from './dialect/grammar.js';
import {
  FOR_UPDATE,
  type SqlValue,
  type Statement,
  type StatementPart,
  type TableName,
} from './statement.js';

/**
 * Databases limit the parameters of one statement, and SQLite stops the process while it works on
 * one.
 */
const MAX_PARAMETERS = 4000;
const NOTICEABLE_ROWS = 50;

/** One connection: runs statements, and writes them as the database wants them. */
export class Session {
  constructor(
    private readonly dataSource: DataSource,
    private readonly grammar: Grammar,
    /** For what only TypeORM itself can do. */
    readonly runner: QueryRunner,
  ) {}

  /** Returns the rows that a statement finds. */
  readonly rows = async <Row>(statement: Statement): Promise<Row[]> => {
    const parameters: SqlValue[] = [];
    const text = this.render(statement, parameters);
    return (await this.runner.query(text, parameters)) as Row[];
  };

  /** Runs a statement that changes rows. Returns how many it changed. */
  async change(statement: Statement): Promise<number> {
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
    const target = `${this.table(table)}${this.grammar.insertAlias} (${columns.join(', ')})`;
    const ending = conflict ? this.grammar.onConflict(conflict) : '';
    const perStatement = Math.max(1, Math.floor(MAX_PARAMETERS / columns.length));
    for (let start = 0; start < rows.length; start += perStatement) {
      const parameters: SqlValue[] = [];
      const chunk = rows.slice(start, start + perStatement);
      const tuples = chunk.map((row) => `(${this.list(row, parameters)})`);
      await this.runner.query(`INSERT INTO ${target} VALUES ${tuples.join(', ')}${ending}`, parameters);
      if (chunk.length >= NOTICEABLE_ROWS) await eventLoopTurn();
    }
  }

  /**
   * The database's time in epoch milliseconds; `undefined` if its clock is that of this machine.
   */
  async time(): Promise<number | undefined> {
    const { selectTime } = this.grammar;
    if (!selectTime) return undefined;
    const [row] = await this.rows<{ seconds: number | string }>(selectTime);
    return row && Number(row.seconds) * 1000;
  }

  /**
   * Makes deleted rows unreadable also in the database's files, as far as other connections let it.
   */
  async purge(): Promise<void> {
    const { purge } = this.grammar;
    if (purge) await this.rows(purge);
  }

  private render({ texts, parts }: Statement, parameters: SqlValue[]): string {
    let text = texts[0] ?? '';
    parts.forEach((part, index) => {
      text += this.renderPart(part, parameters) + (texts[index + 1] ?? '');
    });
    return text;
  }

  private renderPart(part: StatementPart, parameters: SqlValue[]): string {
    if (part === FOR_UPDATE) return this.grammar.forUpdate;
    if (typeof part !== 'object' || part === null) return this.list([part], parameters);
    if ('texts' in part) return this.render(part, parameters);
    return 'table' in part ? this.table(part.table) : this.list(part, parameters);
  }

  private list(values: readonly SqlValue[], parameters: SqlValue[]): string {
    return values.map((value) => this.grammar.parameter(parameters.push(value))).join(', ');
  }

  /** The table's name, quoted, with the schema that the application chose. */
  private table(name: TableName): string {
    const { driver, options } = this.dataSource;
    const schema = this.grammar.schemaOf(options);
    const quoted = driver.escape(`error_tracker_${name}`);
    return schema ? `${driver.escape(schema)}.${quoted}` : quoted;
  }
}
