import { setTimeout as pause } from 'node:timers/promises';

/** One line for each customer, until one has no address: by then the response has begun with a 200. */
export async function* customerLines(): AsyncGenerator<string> {
  const customers: readonly { name: string; address?: { city: string } }[] = [
    { name: 'first customer', address: { city: 'Berlin' } },
    { name: 'second customer' },
  ];
  for (const { name, address } of customers) {
    if (!address) throw new Error(`${name} has no address`);
    yield `${name};${address.city}\n`;
    await pause(20);
  }
}
