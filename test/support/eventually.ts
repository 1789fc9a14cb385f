/**
 * Waits until an expectation about background work holds; fails with the expectation's own message
 * if it never does.
 */
export async function eventually(expectation: () => void | Promise<void>, limitMs = 15_000): Promise<void> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    try {
      await expectation();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
