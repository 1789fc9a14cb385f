import { setTimeout as pause } from 'node:timers/promises';

/**
 * One line for each customer. It fails at a customer without an address, when the response has
 * already begun with a 200.
 */
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
