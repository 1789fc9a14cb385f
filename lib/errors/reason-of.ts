import { StorageSchemaError } from './storage-schema.error.js';

/**
 * The error's code or name and its message, on one line. A store's error may quote data, so the
 * message is cut short.
 */
export function reasonOf(error: unknown): string {
  const { code, name, message } = (typeof error === 'object' && error !== null ? error : {}) as Partial<
    Error & { code: unknown }
  >;
  const label = typeof code === 'string' ? code : (name ?? 'Error');
  const line = (typeof message === 'string' ? message.slice(0, 1000) : '').replace(/\s+/g, ' ');
  return `${label}: ${error instanceof StorageSchemaError ? line : line.slice(0, 200)}`;
}
