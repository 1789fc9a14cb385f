import { Injectable, Logger } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { ErrorTrackerService } from 'nestjs-error-tracker';
import { CatalogueService } from '../catalogue/catalogue.service.js';
import { OutOfStockError } from './out-of-stock.error.js';
import { WarehouseClient } from './warehouse.client.js';

@Injectable()
export class InventoryService {
  private readonly logger = new Logger(InventoryService.name);

  constructor(
    private readonly events: EventEmitter2,
    private readonly catalogue: CatalogueService,
    private readonly warehouses: WarehouseClient,
    private readonly tracker: ErrorTrackerService,
  ) {}

  /** Takes the first warehouse that answers. */
  async sync(): Promise<number> {
    return await Promise.any(this.warehouses.warehouses.map((name) => this.warehouses.countStock(name)));
  }

  async reserve(sku: string): Promise<void> {
    const product = await this.catalogue.find(sku);
    if (product.stock === 0) throw new OutOfStockError(product.name);
    this.events.emit('inventory.reserved', { sku });
  }

  /** Swallows its error, as old code does, and leaves only a line in the log. */
  count(): number {
    this.logger.log('counting the shelves');
    try {
      return JSON.parse('{"shelf": 3, lamps: 4}') as number;
    } catch (error) {
      this.logger.error((error as Error).message, (error as Error).stack);
      return 0;
    }
  }

  /** Nothing failed, but somebody should know. */
  async checkStock(): Promise<{ low: string[]; eventId: string | undefined }> {
    const low = (await this.catalogue.all()).filter(({ stock }) => stock < 5).map(({ name }) => name);
    const eventId = this.tracker.captureMessage(`Stock is low for ${low.length} lamps`, {
      severity: 'warning',
      contexts: { stock: { low } },
    });
    return { low, eventId };
  }

  /** Throws a value that is no error, as old code does. */
  importPriceList(list: string): void {
    if (list === '') throw 'the price list is empty';
    throw { code: 'E_IMPORT', line: 7, column: 'price', found: list };
  }
}
