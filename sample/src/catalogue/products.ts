/** The stock when the shop opens. */
export const PRODUCTS = [
  { sku: 'DESK-01', name: 'Desk lamp, brass', priceInCents: 8900, stock: 14 },
  { sku: 'READ-02', name: 'Reading lamp, green shade', priceInCents: 6400, stock: 3 },
  { sku: 'FLOOR-03', name: 'Floor lamp, oak tripod', priceInCents: 21900, stock: 6 },
  { sku: 'NIGHT-04', name: 'Night light, moon', priceInCents: 2900, stock: 0 },
  { sku: 'PEND-05', name: 'Pendant, smoked glass', priceInCents: 15900, stock: 9 },
  { sku: 'LANT-06', name: 'Storm lantern', priceInCents: 4500, stock: 21 },
] as const;
