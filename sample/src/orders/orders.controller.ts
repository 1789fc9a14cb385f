import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { OrdersService } from './orders.service.js';
import { QuantityPipe } from './quantity.pipe.js';

@Controller('orders')
export class OrdersController {
  constructor(private readonly orders: OrdersService) {}

  @Post()
  place(@Body('sku') sku: string, @Body('quantity', QuantityPipe) quantity: number): object {
    return { sku, quantity };
  }

  @Post('gift-wrap')
  wrap(): never {
    return this.orders.wrap();
  }

  @Get('returns')
  returns(): never {
    return this.orders.returns();
  }

  @Post(':id/pay')
  async pay(@Param('id') id: string): Promise<string> {
    return await this.orders.pay(id);
  }

  @Post(':id/refund')
  refund(@Param('id') id: string): Promise<string> {
    return this.orders.refund(id);
  }

  @Get(':id/parcel')
  parcel(@Param('id') id: string): Promise<unknown> {
    return this.orders.track(id);
  }

  @Get(':id/invoice')
  invoice(@Param('id') id: string): never {
    return this.orders.invoice(id);
  }

  @Post(':id/receipt')
  @HttpCode(200)
  receipt(@Param('id') id: string): object {
    return this.orders.receipt(id);
  }
}
