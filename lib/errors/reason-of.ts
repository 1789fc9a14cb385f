import { StorageSchemaError } from './storage-schema.error.js';

/** The error's own words, on one line; a store's errors may quote data, so only a little of it. */
export function reasonOf(error: unknown): string {
  const { code, name, message } = (typeof error === 'object' && error !== null ? error : {}) as Partial<
    Error & { code: unknown }
  >;
  const label = typeof code === 'string' ? code : (name ?? 'Error');
  const line = (typeof message === 'string' ? message.slice(0, 1000) : '').replace(/\s+/g, ' ');
  return `${label}: ${error instanceof StorageSchemaError ? line : line.slice(0, 200)}`;
}
