interface DriverError {
  readonly code?: unknown;
  readonly errno?: unknown;
  readonly message?: unknown;
}

/** A lock somebody else holds; the same work succeeds a moment later. */
export function isBusy(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error));
}

/** The server broke the transaction off in favour of another one: run it again. */
export function isContention(error: unknown): boolean {
  // PostgreSQL: serialization failure, deadlock. MySQL: deadlock, lock wait timeout, row changed (MariaDB).
  return ['40001', '40P01'].includes(codeOf(error)) || [1213, 1205, 1020].includes(errnoOf(error));
}

/** A table or column is not there. */
export function isSchemaMissing(error: unknown): boolean {
  return (
    ['42P01', '42703', '3F000'].includes(codeOf(error)) ||
    [1146, 1054].includes(errnoOf(error)) ||
    /^no such (table|column)|has no column named/.test(messageOf(error))
  );
}

/** The account may not make tables. */
export function isForbidden(error: unknown): boolean {
  return codeOf(error) === '42501' || [1142, 1044, 1227].includes(errnoOf(error));
}

/**
 * The values themselves are not acceptable; trying again changes nothing. Where a database has further ways to say so, the
 * batch is found out by failing while others are stored.
 */
export function isRefusal(error: unknown): boolean {
  return (
    /^(22|23)[0-9A-Z]{3}$/.test(codeOf(error)) ||
    // MySQL: null, duplicate, too large a packet, out of range, truncated, wrong date, no default, wrong text, too long,
    // signalled by a trigger, check constraint (MySQL, MariaDB).
    [1048, 1062, 1153, 1264, 1265, 1292, 1364, 1366, 1406, 1644, 3819, 4025].includes(errnoOf(error)) ||
    /^SQLITE_(CONSTRAINT|TOOBIG|MISMATCH|RANGE)/.test(codeOf(error))
  );
}

/** The database's own code: it says what is wrong without quoting the data. */
export function errorCode(error: unknown): string {
  return codeOf(error) || String(errnoOf(error));
}

/** TypeORM wraps the driver's error; `exec` on the raw handle does not. */
function driverError(error: unknown): DriverError {
  if (typeof error !== 'object' || error === null) return {};
  const inner = (error as { driverError?: unknown }).driverError;
  return typeof inner === 'object' && inner !== null ? inner : error;
}

function codeOf(error: unknown): string {
  const { code } = driverError(error);
  return typeof code === 'string' ? code : '';
}

function errnoOf(error: unknown): number {
  const { errno } = driverError(error);
  return typeof errno === 'number' ? errno : 0;
}

function messageOf(error: unknown): string {
  const { message } = driverError(error);
  return typeof message === 'string' ? message : '';
}
