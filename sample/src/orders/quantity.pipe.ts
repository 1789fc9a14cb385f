import { Injectable, type PipeTransform } from '@nestjs/common';

/** Should answer 400 for what is no number, and was written in a hurry. */
@Injectable()
export class QuantityPipe implements PipeTransform<unknown, number> {
  transform(value: unknown): number {
    const quantity = Number(value);
    if (Number.isNaN(quantity)) throw new TypeError(`Not a quantity: ${String(value)}`);
    return quantity;
  }
}
