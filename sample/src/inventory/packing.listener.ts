import { Injectable } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';

/** Listens to what happens elsewhere in the shop. Nest only logs what a listener fails with. */
@Injectable()
export class PackingListener {
  private readonly boxes: ReadonlyMap<string, number> = new Map([['small', 12]]);

  @OnEvent('inventory.reserved')
  pack({ sku }: { readonly sku: string }): void {
    if (!this.boxes.has('large')) throw new Error(`no box is large enough for ${sku}`);
  }
}
