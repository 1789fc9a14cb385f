/** The part of Jest and Vitest that the contract uses. */
export interface TestFramework {
  readonly describe: (title: string, register: () => void) => void;
  readonly it: (title: string, test: () => Promise<void> | void) => void;
  readonly beforeAll: (work: () => Promise<void> | void) => void;
  readonly beforeEach: (work: () => Promise<void> | void) => void;
  readonly afterAll: (work: () => Promise<void> | void) => void;
  readonly expect: (actual: unknown) => Matchers;
}

export interface Matchers {
  readonly not: Pick<Matchers, 'toBe' | 'toMatch'>;
  readonly rejects: { toThrow(expected?: unknown): Promise<void> };
  toBe(expected: unknown): void;
  toBeDefined(): void;
  toBeGreaterThanOrEqual(expected: number): void;
  toBeLessThanOrEqual(expected: number): void;
  toBeUndefined(): void;
  toContain(expected: unknown): void;
  toEqual(expected: unknown): void;
  toHaveLength(expected: number): void;
  toMatch(expected: RegExp): void;
  toMatchObject(expected: object): void;
}
