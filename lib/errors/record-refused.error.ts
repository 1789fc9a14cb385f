/**
 * The database refuses these records and always will, so trying again does not help. Thrown by
 * `EventStore.save`.
 */
export class RecordRefusedError extends Error {
  override readonly name = 'RecordRefusedError';
}
