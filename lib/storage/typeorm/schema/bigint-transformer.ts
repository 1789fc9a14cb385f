import type { ValueTransformer } from 'typeorm';

/** PostgreSQL and MySQL answer 64-bit integers as text; epoch milliseconds and counters fit a JavaScript number. */
export const bigintTransformer: ValueTransformer = {
  to: (value: unknown) => value,
  from: (value: unknown) => (value === null || value === undefined ? value : Number(value)),
};
