interface DriverError {
  readonly code?: unknown;
  readonly errno?: unknown;
  readonly message?: unknown;
}

/** The database's own code. It says what is wrong without quoting the data. */
export function errorCode(error: unknown): string {
  return codeOf(error) || String(errnoOf(error));
}

export function codeOf(error: unknown): string {
  const { code } = driverError(error);
  return typeof code === 'string' ? code : '';
}

export function errnoOf(error: unknown): number {
  const { errno } = driverError(error);
  return typeof errno === 'number' ? errno : 0;
}

export function messageOf(error: unknown): string {
  const { message } = driverError(error);
  return typeof message === 'string' ? message : '';
}

/** TypeORM wraps the driver's error. A call of the driver itself throws it as it is. */
function driverError(error: unknown): DriverError {
  if (typeof error !== 'object' || error === null) return {};
  const inner = (error as { driverError?: unknown }).driverError;
  return typeof inner === 'object' && inner !== null ? inner : error;
}
