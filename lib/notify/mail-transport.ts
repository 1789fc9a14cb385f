const SMTP_URL = /^smtps?:/i;
/** Keys of nodemailer transports that are not SMTP, and so have nothing to pool. */
const OTHER_TRANSPORTS = ['send', 'sendmail', 'streamTransport', 'jsonTransport', 'SES', 'direct'];

/**
 * Adds to a nodemailer transport what its author did not say: one connection for many mails, and time limits
 * in place of the minutes that nodemailer would wait for a silent server.
 */
export function boundedTransport(transport: string | object): string | object {
  const bounds = {
    pool: true,
    maxConnections: 3,
    maxRequeues: 2,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 10_000,
    idleTimeout: 10_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
  if (typeof transport !== 'string') {
    return OTHER_TRANSPORTS.some((key) => key in transport) ? transport : { ...bounds, ...transport };
  }
  if (!SMTP_URL.test(transport)) return transport;
  // As query parameters, because before version 10 nodemailer ignores options next to an address.
  const own = new Set([...transport.matchAll(/[?&]([^=&]+)=/g)].map((match) => match[1]));
  const added = Object.entries(bounds).flatMap(([key, value]) => (own.has(key) ? [] : [`${key}=${value}`]));
  return `${transport}${transport.includes('?') ? '&' : '?'}${added.join('&')}`;
}
