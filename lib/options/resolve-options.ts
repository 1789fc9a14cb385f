import { ADMIN } from './admin-options.js';
import { CAPTURE } from './capture-options.js';
import { checkDelivery, DELIVERY } from './delivery-options.js';
import type { SECTIONS } from './error-tracker-options.js';
import { KNOWN_PATHS, TOP_LEVEL } from './error-tracker-options.js';
import { checkLimits, LIMITS } from './limit-options.js';
import { MAIL } from './mail-options.js';
import { checkMasking, MASKING } from './masking-options.js';
import { fillIn, type Resolved, type Rows } from './option.js';
import { readSection } from './read-options.js';
import type { ResolvedOptions } from './resolved-options.js';
import { checkRetention, RETENTION } from './retention-options.js';

/**
 * Checks what the application said and fills in the defaults. The result is deeply frozen. What the
 * caller passed is not changed; `database`, `mail.transport`, classes, patterns and functions are
 * kept by reference.
 *
 * @throws {ErrorTrackerConfigurationError} for an unknown, ill-typed or impossible option
 */
export function resolveOptions(options: unknown): ResolvedOptions {
  const { environments, ...top } = resolve('', TOP_LEVEL, options, {});
  const given = (options ?? {}) as Readonly<Record<keyof typeof SECTIONS, unknown>>;
  const admin = resolve('admin', ADMIN, given.admin, top);
  const capture = resolve('capture', CAPTURE, given.capture, top);
  const masking = resolve('masking', MASKING, given.masking, top);
  checkMasking(masking);
  const limits = resolve('limits', LIMITS, given.limits, top);
  checkLimits(limits);
  const delivery = resolve('delivery', DELIVERY, given.delivery, top);
  checkDelivery(delivery);
  const retention = resolve('retention', RETENTION, given.retention, top);
  checkRetention(retention);
  const mail =
    given.mail === undefined ? undefined : resolve('mail', MAIL, given.mail, { ...top, title: admin.title });
  const capturing = top.enabled && (environments?.includes(top.environment) ?? true);
  return Object.freeze({ ...top, capturing, capture, masking, limits, delivery, retention, mail, admin });
}

function resolve<Known extends object, Table extends Rows<Known & Resolved<Table>>>(
  section: string,
  table: Table,
  given: unknown,
  known: Known,
): Resolved<Table> {
  return fillIn(table, readSection(section, given, table, KNOWN_PATHS), known);
}
