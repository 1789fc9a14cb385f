/**
 * Exceptions by which Nest applications answer rather than fail. They are told by their shape,
 * since several copies of `@nestjs/common` may be loaded. A bare `.status` proves nothing: an
 * `AxiosError` carries one.
 */

/** The status of an `HttpException`; `undefined` for everything else. */
export function httpExceptionStatus(exception: unknown): number | undefined {
  if (!hasMethods(exception, 'getStatus', 'getResponse', 'initMessage')) return undefined;
  try {
    const status = (exception as { getStatus(): unknown }).getStatus();
    return typeof status === 'number' ? status : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether it is an `RpcException`, a `WsException` or a `GraphQLError`: an answer to the client,
 * made on purpose.
 */
export function isTransportException(exception: unknown): boolean {
  return hasMethods(exception, 'getError', 'initMessage') || isGraphqlError(exception);
}

/** Made by the application. When GraphQL wraps another error, `originalError` is set. */
function isGraphqlError(exception: unknown): boolean {
  try {
    const { name, extensions, originalError } = exception as Record<string, unknown>;
    return name === 'GraphQLError' && typeof extensions === 'object' && originalError === undefined;
  } catch {
    return false;
  }
}

function hasMethods(value: unknown, ...names: string[]): boolean {
  try {
    return (
      typeof value === 'object' &&
      value !== null &&
      names.every((name) => typeof (value as Record<string, unknown>)[name] === 'function')
    );
  } catch {
    return false;
  }
}
