export type SqlValue = string | number | null;

/** The tracker's tables by what they hold. */
export type TableName =
  | 'issue'
  | 'fingerprint'
  | 'event'
  | 'issue_hour'
  | 'issue_user'
  | 'activity'
  | 'outbox'
  | 'lease'
  | 'meta'
  | 'migrations';

export interface TableReference {
  readonly table: TableName;
}

/** `FOR UPDATE` where the database knows it: nobody else may change the rows until the end of the transaction. */
export const FOR_UPDATE = Symbol('for update');

export type StatementPart = SqlValue | readonly SqlValue[] | TableReference | typeof FOR_UPDATE;

/** SQL with its values apart. */
export interface Statement {
  readonly texts: readonly string[];
  readonly parts: readonly StatementPart[];
}

/**
 * Writes SQL with values in place; each becomes a parameter, a list becomes as many, separated by commas.
 * Nothing but a table's name and `FOR_UPDATE` ever becomes part of the text.
 */
export function sql(texts: TemplateStringsArray, ...parts: StatementPart[]): Statement {
  return { texts, parts };
}

export function table(name: TableName): TableReference {
  return { table: name };
}
