/** The database answered, and will never take these records: not a matter of trying again. Thrown by `EventStore.save`. */
export class RecordRefusedError extends Error {
  override readonly name = 'RecordRefusedError';
}
