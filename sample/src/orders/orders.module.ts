import { Module } from '@nestjs/common';
import { PaymentsModule } from '../payments/payments.module.js';
import { CourierClient } from '../shipping/courier.client.js';
import { OrdersController } from './orders.controller.js';
import { OrdersService } from './orders.service.js';
import { ReceiptPrinter } from './receipt.printer.js';

@Module({
  imports: [PaymentsModule],
  controllers: [OrdersController],
  providers: [OrdersService, ReceiptPrinter, CourierClient],
})
export class OrdersModule {}
