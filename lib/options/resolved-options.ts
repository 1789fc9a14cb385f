import type { ADMIN } from './admin-options.js';
import type { CAPTURE } from './capture-options.js';
import type { DELIVERY } from './delivery-options.js';
import type { TOP_LEVEL } from './error-tracker-options.js';
import type { LIMITS } from './limit-options.js';
import type { MAIL } from './mail-options.js';
import type { MASKING } from './masking-options.js';
import type { Resolved } from './option.js';
import type { REQUEST } from './request-options.js';
import type { RetentionOptions } from './retention-options.js';

/** Injection token of what the application wrote. */
export const RAW_OPTIONS = Symbol.for('nestjs-error-tracker:raw-options');

/** Injection token of `ResolvedOptions`. */
export const RESOLVED_OPTIONS = Symbol.for('nestjs-error-tracker:options');

/**
 * What the application's options mean after validation and defaults. It is deeply frozen, and
 * derived from the tables of options: nobody else writes a default.
 */
export interface ResolvedOptions extends Omit<Resolved<typeof TOP_LEVEL>, 'environments'> {
  /** Whether anything is captured here: `enabled`, and in one of the `environments`. */
  readonly capturing: boolean;
  readonly capture: Resolved<typeof CAPTURE>;
  readonly masking: Resolved<typeof MASKING>;
  readonly limits: ResolvedLimits;
  readonly delivery: Resolved<typeof DELIVERY>;
  readonly retention: RetentionRules;
  readonly mail: ResolvedMail | undefined;
  readonly admin: Resolved<typeof ADMIN>;
}

/** What stays in the store, and for how long: the options under `retention`, each with a value. */
export type RetentionRules = Readonly<Required<RetentionOptions>>;

export type ResolvedLimits = Resolved<typeof LIMITS>;

export type ResolvedRequest = Resolved<typeof REQUEST>;

export type ResolvedMail = Resolved<typeof MAIL>;
