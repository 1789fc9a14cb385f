import type { DataSourceOptions } from 'typeorm';
import type { EventEntity, MysqlEventEntity } from '../schema/event.entity.js';
import type { Statement } from '../statement.js';
import type { TrackerDataSource } from '../tracker-data-source.js';
import type { Transactions } from '../transactions.js';
import type { Grammar } from './grammar.js';

/** Runs a statement and returns its rows. */
export type Query = <Row>(statement: Statement) => Promise<Row[]>;

/** A column of text, with every name in it quoted and the table's qualified by its schema. */
export interface QuotedColumn {
  readonly table: string;
  readonly name: string;
  /** In characters. */
  readonly length: number;
}

/** An index on one column, quoted in the same way. */
export interface QuotedIndex extends QuotedColumn {
  readonly index: string;
  /** The schema and a dot, or nothing. */
  readonly schema: string;
}

/**
 * Everything that the tracker does differently from database to database. Nothing outside this
 * folder asks which database it is.
 */
export interface Dialect extends Grammar {
  /** The tracker's way of connecting, over what the application said. */
  connectionOptions(given: DataSourceOptions, projectRoot: string): object;

  /** Whether nobody on another connection can see what is in this database. */
  isPrivate(options: DataSourceOptions): boolean;

  transactions(dataSource: TrackerDataSource): Transactions;

  /** Describes the event table. */
  readonly eventEntity: typeof EventEntity | typeof MysqlEventEntity;
  /** Type of the column that holds an event as JSON. */
  readonly payloadType: string;
  /**
   * Makes texts equal only if they are so byte by byte: `é` is not `e`, and every emoji is itself.
   */
  readonly exactText: { readonly charset?: string; readonly collation?: string };

  addColumn(column: QuotedColumn): string;
  createIndex(index: QuotedIndex): string;
  dropIndex(index: QuotedIndex): string;
  /** Whether the error says that this change of a table was made before. */
  isDoneBefore(error: unknown): boolean;

  /** Runs `work`, which makes tables in the open transaction, while no other process does. */
  whileMigrating(query: Query, work: () => Promise<void>): Promise<void>;

  /** The server ended the transaction in favour of another one: run it again. */
  isContention(error: unknown): boolean;
  /** A table or column is not there. */
  isSchemaMissing(error: unknown): boolean;
  /** The account may not make tables. */
  isForbidden(error: unknown): boolean;
  /**
   * The values themselves are not acceptable: trying again changes nothing. A database may have
   * further ways to say so; such a batch is found out because others can be stored while it fails.
   */
  isRefusal(error: unknown): boolean;
}
