import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { PaymentDeclinedError } from './payment.errors.js';

/** Stands for the bank, which declines everything today. */
@Injectable()
export class CardTerminal {
  async authorize(cents: number): Promise<string> {
    await pause(10);
    if (cents > 0) throw new PaymentDeclinedError('insufficient_funds');
    return 'authorized';
  }
}
