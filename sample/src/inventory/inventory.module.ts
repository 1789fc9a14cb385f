import { Module } from '@nestjs/common';
import { CatalogueModule } from '../catalogue/catalogue.module.js';
import { InventoryController } from './inventory.controller.js';
import { InventoryService } from './inventory.service.js';
import { PackingListener } from './packing.listener.js';
import { WarehouseClient } from './warehouse.client.js';

@Module({
  imports: [CatalogueModule],
  controllers: [InventoryController],
  providers: [InventoryService, PackingListener, WarehouseClient],
  exports: [InventoryService],
})
export class InventoryModule {}
