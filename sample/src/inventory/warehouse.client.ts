import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';

export class WarehouseOfflineError extends Error {
  override readonly name = 'WarehouseOfflineError';
}

/** Stands for the computers of three warehouses, all of them switched off. */
@Injectable()
export class WarehouseClient {
  readonly warehouses = ['north', 'south', 'harbour'] as const;

  async countStock(warehouse: string): Promise<number> {
    await pause(5);
    throw new WarehouseOfflineError(`The warehouse "${warehouse}" does not answer.`);
  }
}
