import type { Browser, Page } from 'playwright-core';
import { complaintsOf, launchBrowser } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { startShop, type Shop } from '../support/shop.js';

let shop: Shop;
let browser: Browser;

beforeAll(async () => {
  [shop, browser] = await Promise.all([startShop(), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await shop.stop();
});

async function fail(page: Page, title: string): Promise<void> {
  const card = page.locator('article', { has: page.getByRole('heading', { name: title, exact: true }) });
  await card.getByRole('button').click();
  await card.locator('output').filter({ hasText: /\d{3}/ }).waitFor();
}

it.each([true, false])(
  'leads from a button of the shop to the explained issue, its mail and ticket, and to resolved (JavaScript: %s)',
  async (javaScriptEnabled) => {
    const shopPage = await browser.newPage();
    await shopPage.goto(shop.url);
    const title = javaScriptEnabled ? 'A chain of causes' : 'Deep in asynchronous services';
    await fail(shopPage, title);

    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    const complaints = complaintsOf(page);
    await page.goto(`${shop.url}/errors`);
    const row = page.locator('table.issues tbody tr').first();
    await row.getByRole('link').first().click();
    await page.waitForURL(/\/errors\/issues\/\d+/);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).not.toBe('');
    expect(await page.locator('body').innerText()).toMatch(/orders\/orders\.service/);

    await page.getByRole('button', { name: 'Resolve' }).click();
    await page.getByRole('button', { name: 'Reopen' }).waitFor();
    await page.goto(`${shop.url}/errors`);
    await page
      .getByRole('navigation', { name: 'Status' })
      .getByRole('link', { name: /Resolved/ })
      .click();
    await page.locator('table.issues tbody tr').first().waitFor();

    await page.goto(`${shop.url}/mailbox`);
    await page.getByText(/New: /).first().waitFor();
    await page.goto(`${shop.url}/board`);
    await page.getByRole('link', { name: 'Open the issue' }).first().waitFor();
    expect(complaints).toEqual([]);
    await context.close();
    await shopPage.close();
  },
);

it('brings a resolved issue back when it happens again', async () => {
  const page = await browser.newPage();
  await page.goto(shop.url);
  await fail(page, 'A plain error');
  await page.goto(`${shop.url}/errors?sort=lastSeen`);
  await page.locator('table.issues tbody tr').first().getByRole('link').first().click();
  await page.getByRole('button', { name: 'Resolve' }).click();
  await page.getByRole('button', { name: 'Reopen' }).waitFor();
  const issue = page.url();
  await page.goto(shop.url);
  await fail(page, 'A plain error');
  await eventually(async () => {
    await page.goto(issue);
    expect(await page.getByRole('button', { name: 'Resolve' }).isVisible()).toBe(true);
  });
  await page
    .getByText(/Regressed|regressed|came back/)
    .first()
    .waitFor();
  await page.close();
});
