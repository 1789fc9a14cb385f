import { Injectable } from '@nestjs/common';
import { LedgerError } from './payment.errors.js';

@Injectable()
export class Ledger {
  book(cents: number): string {
    try {
      return formatAmount(cents);
    } catch (cause) {
      throw new LedgerError('The refund could not be booked', { cause });
    }
  }
}

function formatAmount(cents: number): string {
  // A currency has no 200 decimal places.
  return (cents / 100).toFixed(200);
}
