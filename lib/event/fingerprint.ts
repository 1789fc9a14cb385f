/** What makes two events the same bug. */
export interface Fingerprint {
  /** SHA-256, 64 hex digits, lower case. */
  readonly hash: string;
  /** `v1` for the built-in algorithm, `custom` for explicit fingerprints. */
  readonly algorithm: string;
  /** The parts that were hashed, readable and masked, one per line: shown as "why grouped". */
  readonly key: string;
  /**
   * Hashes by which an earlier algorithm knew the same bug: an event whose own hash is new goes to the issue of the first of
   * them that is known, and the hash with it from then on. At most 5.
   */
  readonly former?: readonly string[];
}
