/** The cursor of a page was not made by this list. It is bad input; answer it with 400. */
export class InvalidCursorError extends Error {
  override readonly name = 'InvalidCursorError';

  constructor() {
    super('The cursor is not one of this list. Ask for the first page again, without a cursor.');
  }
}
