// The application under load, without a tracker; plain JavaScript, so that nothing is compiled
// while it is measured.
import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

const decorate = (target, method, ...decorators) =>
  Reflect.decorate(
    decorators,
    target.prototype,
    method,
    Object.getOwnPropertyDescriptor(target.prototype, method),
  );

class Stock {
  reserve(sku) {
    throw new Error(`no stock left for ${sku}`);
  }
}

class Orders {
  constructor(stock) {
    this.stock = stock;
  }

  async place(sku) {
    await Promise.resolve();
    return this.stock.reserve(sku);
  }
}

class ShopController {
  orders = new Orders(new Stock());

  list() {
    return { items: [{ sku: 'A-1', name: 'Lamp', price: 19.9 }], nextCursor: null };
  }

  async fail() {
    return { order: await this.orders.place('A-1') };
  }
}
decorate(ShopController, 'list', Get('healthy'));
decorate(ShopController, 'fail', Get('failing'));
Reflect.decorate([Controller()], ShopController);

/**
 * Starts the shop with further modules and tells the parent process where it listens and what it
 * uses.
 */
export async function startShop(imports) {
  class ShopModule {}
  Reflect.decorate([Module({ imports, controllers: [ShopController] })], ShopModule);

  const app = await NestFactory.create(ShopModule);
  app.enableShutdownHooks();
  await app.listen(0, '127.0.0.1');
  process.on('message', () => process.send({ cpu: process.cpuUsage(), memory: process.memoryUsage.rss() }));
  process.send({ url: await app.getUrl() });
}
