import { ErrorTrackerConfigurationError } from '../errors/configuration.error.js';
import { Notifier } from '../notify/notifier.js';
import { TicketTracker } from '../ticketing/ticket-tracker.js';

const MAX_NAME_LENGTH = 40;

/** The channels for alerts, by the names that the outbox stores. */
export interface AlertChannels {
  /** By `notifier:<name>`. */
  readonly notifiers: ReadonlyMap<string, Notifier>;
  /** By `ticket:<name>`. */
  readonly ticketTrackers: ReadonlyMap<string, TicketTracker>;
}

/**
 * Checks the registered channels and indexes them by name.
 *
 * @throws ErrorTrackerConfigurationError for a provider of the wrong class, or whose name is
 *   missing, too long or taken
 */
export function alertChannels(
  notifiers: readonly unknown[],
  ticketTrackers: readonly unknown[],
): AlertChannels {
  return {
    notifiers: byChannel('notifier', 'notifiers', Notifier, notifiers),
    ticketTrackers: byChannel('ticket', 'ticketTrackers', TicketTracker, ticketTrackers),
  };
}

function byChannel<T extends { readonly name: string }>(
  prefix: string,
  option: string,
  contract: abstract new () => T,
  providers: readonly unknown[],
): ReadonlyMap<string, T> {
  const channels = new Map<string, T>();
  for (const provider of providers) {
    if (!(provider instanceof contract)) {
      throw new ErrorTrackerConfigurationError(
        `${classNameOf(provider)} in \`${option}\` is not a ${contract.name}.`,
        `Write \`class ${classNameOf(provider)} extends ${contract.name}\`, with ${contract.name} from 'nestjs-error-tracker'.`,
      );
    }
    const { name } = provider;
    if (typeof name !== 'string' || name.trim() === '' || name.length > MAX_NAME_LENGTH) {
      throw new ErrorTrackerConfigurationError(
        `${classNameOf(provider)} in \`${option}\` has no usable name.`,
        `Give it a stable \`readonly name\` of 1 to ${MAX_NAME_LENGTH} characters.`,
      );
    }
    const channel = `${prefix}:${name}`;
    if (channels.has(channel)) {
      throw new ErrorTrackerConfigurationError(
        `Two classes in \`${option}\` have the name '${name}'; the second is ${classNameOf(provider)}.`,
        'Give each its own `readonly name`.',
      );
    }
    channels.set(channel, provider);
  }
  return channels;
}

function classNameOf(provider: unknown): string {
  if (typeof provider === 'function') return provider.name || 'A function';
  return (provider as object | null | undefined)?.constructor?.name ?? String(provider);
}
