import type { DataSourceOptions } from 'typeorm';
import type { Statement } from '../statement.js';

/**
 * What becomes of a new row whose key is taken. Without `update` the row that is there stays as it
 * is.
 */
export interface OnConflict {
  readonly keys: readonly string[];
  /**
   * Assignments in the order in which they are made: on MySQL a later one sees what an earlier one
   * did.
   */
  readonly update?: (present: (column: string) => string, incoming: (column: string) => string) => string[];
}

/** How a database wants to be spoken to while rows are read and written. */
export interface Grammar {
  /** How the n-th parameter is written, counted from 1. */
  parameter(n: number): string;

  /** Ends a `SELECT` whose rows nobody else may change until the transaction ends. */
  readonly forUpdate: string;

  /** Stands after the table's name in an `INSERT`, to give the row that is there a name. */
  readonly insertAlias: string;

  /** Ends an `INSERT` whose keys may be taken. */
  onConflict(conflict: OnConflict): string;

  /**
   * Name of the schema that the application chose for the tables, if the database has such a thing.
   */
  schemaOf(options: DataSourceOptions): string | undefined;

  /**
   * Asks the database for its time as `seconds` since 1970. Absent where the clock is that of this
   * machine anyway.
   */
  readonly selectTime?: Statement;

  /** Makes deleted rows unreadable where the database's files would still hold them. */
  readonly purge?: Statement;
}

/** `ON CONFLICT`, as SQLite and PostgreSQL have it. */
export function onConflictClause({ keys, update }: OnConflict): string {
  const sets = update?.(
    (column) => `present.${column}`,
    (column) => `excluded.${column}`,
  );
  return ` ON CONFLICT (${keys.join(', ')}) DO ${sets ? `UPDATE SET ${sets.join(', ')}` : 'NOTHING'}`;
}
