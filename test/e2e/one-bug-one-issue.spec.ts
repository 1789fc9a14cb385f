import { Controller, Get, Param, Query } from '@nestjs/common';
import { PLATFORMS, startApp, type TestApp } from '../support/app.js';
import { http } from '../support/http.js';

const CONSTANT = new Error('The same object, again and again');

@Controller('orders')
class OrdersController {
  @Get(':id')
  find(@Param('id') id: string, @Query('way') way: string | undefined): never {
    if (way === 'constant') throw CONSTANT;
    if (way === 'other') throw new Error('The warehouse is closed');
    throw new Error(`Order ${id} was not found in the archive`);
  }
}

describe.each(PLATFORMS)('on %s', (platform) => {
  let app: TestApp;

  beforeEach(async () => {
    app = await startApp({ platform, controllers: [OrdersController] });
  });
  afterEach(() => app.close());

  it('makes one issue of 1,000 requests that differ by an id, with an exact count', async () => {
    for (let done = 0; done < 1000; done += 50) {
      await Promise.all(
        Array.from({ length: 50 }, (_, index) => http(`${app.url}/orders/${String(1000 + done + index)}`)),
      );
    }
    const issues = await app.allIssues();
    expect(issues.map(({ type, eventCount }) => ({ type, eventCount }))).toEqual([
      { type: 'Error', eventCount: 1000 },
    ]);
  });

  it('counts every throw of one error object', async () => {
    for (let index = 0; index < 5; index++) await http(`${app.url}/orders/1?way=constant`);
    expect((await app.allIssues()).map(({ eventCount }) => eventCount)).toEqual([5]);
  });

  it('keeps samples of a repeated bug, and not all of them', async () => {
    for (let index = 0; index < 40; index++) await http(`${app.url}/orders/1`);
    const [issue] = await app.allIssues();
    expect(issue?.eventCount).toBe(40);
    expect(issue?.storedCount).toBeGreaterThanOrEqual(20);
    expect(issue?.storedCount).toBeLessThan(40);
  });

  it('makes two issues of two bugs in one function', async () => {
    await http(`${app.url}/orders/1`);
    await http(`${app.url}/orders/1?way=other`);
    const issues = await app.allIssues();
    expect(issues.map(({ title }) => title).sort()).toEqual([
      'Order 1 was not found in the archive',
      'The warehouse is closed',
    ]);
  });
});
