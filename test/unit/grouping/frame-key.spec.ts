import { fileKey, functionKey, packageOf } from '../../../lib/grouping/frame-key.js';

describe('fileKey', () => {
  it.each([
    ['dist/src/orders/orders.service.js', 'orders/orders.service'],
    ['src/orders/orders.service.ts', 'orders/orders.service'],
    ['apps\\shop\\dist\\main.mjs', 'apps/shop/main'],
    ['assets/index-4f3a9b2c.js', 'assets/index-*'],
    ['main.d41d8cd98f00b204.js', 'main.*'],
    ['orders/deadbeef.ts', 'orders/deadbeef'],
    ['orders/out-of-stock.filter.ts', 'orders/out-of-stock.filter'],
  ])('names %s as %s', (file, key) => {
    expect(fileKey(file)).toBe(key);
  });
});

describe('functionKey', () => {
  it.each([
    ['OrdersService.pay', 'pay'],
    ['async OrdersService.pay', 'pay'],
    ['new Order', 'Order'],
    ['Object.pay [as charge]', 'pay'],
    ['bound pay', 'pay'],
    ['Timeout._onTimeout', undefined],
    ['eval', undefined],
    ['Object.<anonymous>', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('names %p as %p', (name, key) => {
    expect(functionKey(name)).toBe(key);
  });
});

describe('packageOf', () => {
  const of = (file: string) => packageOf({ file, inApp: false });

  it.each([
    ['node_modules/pg/lib/client.js', 'pg'],
    ['/app/node_modules/@nestjs/core/router.js', '@nestjs/core'],
    ['node_modules/a/node_modules/b/index.js', 'b'],
    ['C:\\app\\node_modules\\pg\\client.js', 'pg'],
    ['node:internal/process', undefined],
    ['node_modules/nestjs-error-tracker/dist/esm/index.js', undefined],
  ])('names the package of %s as %p', (file, name) => {
    expect(of(file)).toBe(name);
  });
});
