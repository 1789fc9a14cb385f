/** An everyday answer and no bug: the filter beside this file turns it into a 409. */
export class OutOfStockError extends Error {
  override readonly name = 'OutOfStockError';

  constructor(product: string) {
    super(`${product} is sold out.`);
  }
}
