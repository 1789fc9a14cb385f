/** A list of what is to be undone after each test, the last first. */
export function cleanUpsOfEachTest(): (() => Promise<unknown>)[] {
  const cleanUps: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  });
  return cleanUps;
}
