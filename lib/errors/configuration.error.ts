/** The application configured the tracker in a way that cannot work. Thrown at boot only. */
export class ErrorTrackerConfigurationError extends Error {
  override readonly name = 'ErrorTrackerConfigurationError';

  /**
   * @param problem names the option and what was got
   * @param cure what to write instead
   */
  constructor(problem: string, cure: string) {
    super(`${problem} ${cure}`);
  }
}
