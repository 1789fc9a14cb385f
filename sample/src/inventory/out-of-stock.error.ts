/** Not a bug but an everyday answer: the filter beside it turns it into a 409. */
export class OutOfStockError extends Error {
  override readonly name = 'OutOfStockError';

  constructor(product: string) {
    super(`${product} is sold out.`);
  }
}
