/** `length` characters, 100,000 by default, that are the same for the same seed. */
export function hostileText(seed: number, length?: number): string;
