import { Injectable } from '@nestjs/common';

@Injectable()
export class ReceiptPrinter {
  print(order: string): void {
    throw new Error(`The receipt printer is out of paper, order ${order} was not printed`);
  }
}
