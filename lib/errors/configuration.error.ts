/** The tracker is configured in a way that cannot work. Thrown at boot only. */
export class ErrorTrackerConfigurationError extends Error {
  override readonly name = 'ErrorTrackerConfigurationError';

  /**
   * @param problem names the option and the value that was given
   * @param cure says what to write instead
   */
  constructor(problem: string, cure: string) {
    super(`${problem} ${cure}`);
  }
}
