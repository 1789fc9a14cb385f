import { Injectable } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';

/** Listens to events of the shop. If a listener fails, Nest only logs it. */
@Injectable()
export class PackingListener {
  private readonly boxes: ReadonlyMap<string, number> = new Map([['small', 12]]);

  @OnEvent('inventory.reserved')
  pack({ sku }: { readonly sku: string }): void {
    if (!this.boxes.has('large')) throw new Error(`no box is large enough for ${sku}`);
  }
}
