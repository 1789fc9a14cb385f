import { Injectable, ServiceUnavailableException } from '@nestjs/common';
import { ErrorTrackerService } from 'nestjs-error-tracker';
import { PaymentsService } from '../payments/payments.service.js';
import { CourierClient } from '../shipping/courier.client.js';
import { ReceiptPrinter } from './receipt.printer.js';

@Injectable()
export class OrdersService {
  constructor(
    private readonly payments: PaymentsService,
    private readonly courier: CourierClient,
    private readonly printer: ReceiptPrinter,
    private readonly tracker: ErrorTrackerService,
  ) {}

  async pay(order: string): Promise<string> {
    this.tracker.setTag('payment', 'card');
    this.tracker.addBreadcrumb({ type: 'order', message: `Checkout of order ${order} began` });
    // The await keeps this method in the stack of a failure: an async function that only passes a
    // promise on has left the stack by then.
    return await this.payments.charge(8900);
  }

  async refund(order: string): Promise<string> {
    this.tracker.addBreadcrumb({ type: 'order', message: `Refund of order ${order} asked for` });
    return await this.payments.refund(8900);
  }

  async track(order: string): Promise<unknown> {
    return await this.courier.track(order);
  }

  /** The number in the message differs every time. It is one bug all the same. */
  invoice(order: string): never {
    throw new Error(`Invoice of order ${order} has no billing address`);
  }

  wrap(): never {
    throw new Error('The gift wrap station is closed');
  }

  returns(): never {
    throw new ServiceUnavailableException('The returns desk is being moved, please come back tomorrow.');
  }

  /** A missing receipt must not fail the order: the customer gets an answer, the team an issue. */
  receipt(order: string): { printed: boolean; eventId?: string } {
    try {
      this.printer.print(order);
      return { printed: true };
    } catch (error) {
      return {
        printed: false,
        eventId: this.tracker.capture(error, { tags: { device: 'receipt-printer' } }),
      };
    }
  }
}
