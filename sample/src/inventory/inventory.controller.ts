import { Body, Controller, HttpCode, Param, Post, UseFilters } from '@nestjs/common';
import { InventoryService } from './inventory.service.js';
import { OutOfStockFilter } from './out-of-stock.filter.js';

@Controller('inventory')
@UseFilters(OutOfStockFilter)
export class InventoryController {
  constructor(private readonly inventory: InventoryService) {}

  @Post('sync')
  async sync(): Promise<{ counted: number }> {
    return { counted: await this.inventory.sync() };
  }

  @Post('check')
  @HttpCode(200)
  check(): Promise<{ low: string[]; eventId: string | undefined }> {
    return this.inventory.checkStock();
  }

  @Post('count')
  @HttpCode(200)
  count(): { lamps: number } {
    return { lamps: this.inventory.count() };
  }

  @Post('prices')
  importPrices(@Body('list') list: string): void {
    this.inventory.importPriceList(list);
  }

  @Post(':sku/reserve')
  async reserve(@Param('sku') sku: string): Promise<{ reserved: string }> {
    await this.inventory.reserve(sku);
    return { reserved: sku };
  }
}
