import { chromium, type Browser, type Page } from 'playwright-core';

/** Chromium as Debian packages it, kept from looking anything up outside. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/**
 * Everything a page complains about: script errors, refused resources, violations of its content
 * policy.
 */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // The shop's own failing answers are logged by the browser as well.
    if (message.type() === 'error' && !message.text().includes('status of')) complaints.push(message.text());
  });
  return complaints;
}
