export class PaymentDeclinedError extends Error {
  override readonly name = 'PaymentDeclinedError';

  constructor(readonly code: string) {
    super(`The bank declined the payment (${code}).`);
  }
}

export class RefundError extends Error {
  override readonly name = 'RefundError';
}

export class LedgerError extends Error {
  override readonly name = 'LedgerError';
}
