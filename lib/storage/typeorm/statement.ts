export type SqlValue = string | number | null;

/** The tracker's tables by what they hold. */
export type TableName =
  'issue' | 'fingerprint' | 'event' | 'issue_hour' | 'issue_user' | 'activity' | 'outbox' | 'lease' | 'meta';

export interface TableReference {
  readonly table: TableName;
}

/**
 * Locks the selected rows until the transaction ends, on databases that have several writers at a
 * time.
 */
export const FOR_UPDATE = Symbol('for update');

export type StatementPart = SqlValue | readonly SqlValue[] | TableReference | Statement | typeof FOR_UPDATE;

/** SQL, or a piece of it, with its values apart. */
export interface Statement {
  readonly texts: readonly string[];
  readonly parts: readonly StatementPart[];
}

/** Nothing at all, for a condition that is not there. */
export const NOTHING: Statement = { texts: [''], parts: [] };

/**
 * Writes SQL with its values in place. Each value becomes a parameter; a list becomes as many,
 * separated by commas. A table's name, `FOR_UPDATE` and other statements become part of the text,
 * and nothing else ever does.
 */
export function sql(texts: TemplateStringsArray, ...parts: StatementPart[]): Statement {
  return { texts, parts };
}

export function table(name: TableName): TableReference {
  return { table: name };
}
