/**
 * The database answers, but the tracker's tables are missing, unexpected, or may not be created.
 */
export class StorageSchemaError extends Error {
  override readonly name = 'StorageSchemaError';

  constructor(problem: string, cause: unknown) {
    super(
      `${problem} The tracker makes its tables (error_tracker_…) with its own migrations when it starts: give its database ` +
        'user the right to create tables, or run the migrations yourself, then restart. Were the tables deleted by hand? ' +
        'Then delete error_tracker_migrations as well.',
      { cause },
    );
  }
}
