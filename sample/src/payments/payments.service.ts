import { Injectable } from '@nestjs/common';
import { ErrorTrackerService } from 'nestjs-error-tracker';
import { CardTerminal } from './card-terminal.js';
import { Ledger } from './ledger.js';
import { RefundError } from './payment.errors.js';

@Injectable()
export class PaymentsService {
  constructor(
    private readonly terminal: CardTerminal,
    private readonly ledger: Ledger,
    private readonly tracker: ErrorTrackerService,
  ) {}

  async charge(cents: number): Promise<string> {
    this.tracker.addBreadcrumb({ type: 'payment', message: 'Asking the bank', data: { cents } });
    return await this.terminal.authorize(cents);
  }

  async refund(cents: number): Promise<string> {
    try {
      return this.ledger.book(cents);
    } catch (cause) {
      throw new RefundError('The customer did not get the money back', { cause });
    }
  }
}
