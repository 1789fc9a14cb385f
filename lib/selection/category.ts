import type { Category } from '../event/error-event.js';
import { read } from '../values/safe-read.js';

/**
 * What breaks around an application and not in it: peers hang up, names do not resolve, disks are
 * full.
 */
const ENVIRONMENT = new Set([
  ...['ECONNABORTED', 'ECONNREFUSED', 'ECONNRESET', 'EHOSTDOWN', 'EHOSTUNREACH', 'ENETDOWN', 'ENETUNREACH'],
  ...[
    'ENOTFOUND',
    'EAI_AGAIN',
    'EPIPE',
    'ETIMEDOUT',
    'EMFILE',
    'ENFILE',
    'ENOMEM',
    'ENOSPC',
    'EDQUOT',
    'EIO',
  ],
  ...['EROFS', 'ERR_STREAM_PREMATURE_CLOSE', 'ESOCKET', 'ESOCKETTIMEDOUT', 'PROTOCOL_CONNECTION_LOST'],
  ...['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_SOCKET'],
]);

/**
 * Connection failures, lack of resources and operator intervention, as PostgreSQL and the SQL
 * standard class them.
 */
const ENVIRONMENT_SQLSTATE = /^(?:08|53|57)[0-9A-Z]{3}$/;

/** Names that body parsers, `csrf` and the like give to input that no well-meaning client sends. */
const HOSTILE_TYPES =
  /^(?:entity\.|encoding\.unsupported|charset\.unsupported|parameters\.too\.many|request\.)/;
const HOSTILE_CODE = /^(?:EBADCSRFTOKEN|FST_ERR_CTP_|HPE_|ERR_INVALID_HTTP_TOKEN)/;
const HOSTILE_STATUSES = new Set([413, 414, 415, 429, 431]);
const MAX_CAUSES = 5;

/**
 * Tells failures of the surroundings and hostile input from bugs, by codes and never by messages.
 * The causes are searched too: the error of a driver usually comes wrapped in another one.
 *
 * @param status of the answer, where there is one
 */
export function categoryOf(exception: unknown, status: number | undefined): Category | undefined {
  let link = exception;
  for (let depth = 0; depth < MAX_CAUSES && typeof link === 'object' && link !== null; depth++) {
    const code = read(link, 'code');
    if (typeof code === 'string') {
      if (ENVIRONMENT.has(code) || ENVIRONMENT_SQLSTATE.test(code)) return 'environment';
      if (HOSTILE_CODE.test(code)) return 'security';
    }
    const type = read(link, 'type');
    if (typeof type === 'string' && HOSTILE_TYPES.test(type)) return 'security';
    link = read(link, 'cause') ?? read(link, 'driverError');
  }
  return status !== undefined && HOSTILE_STATUSES.has(status) ? 'security' : undefined;
}
