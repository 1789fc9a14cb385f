const SMTP_URL = /^smtps?:/i;
/** Keys of nodemailer's transports other than SMTP, which have no connections to pool. */
const OTHER_TRANSPORTS = ['send', 'sendmail', 'streamTransport', 'jsonTransport', 'SES', 'direct'];

/**
 * Adds defaults to a nodemailer transport where its author chose nothing: a connection serves many
 * mails, and time limits replace the minutes that nodemailer waits for a silent server.
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
  // As query parameters, because nodemailer before version 10 ignores options beside an address.
  const own = new Set([...transport.matchAll(/[?&]([^=&]+)=/g)].map((match) => match[1]));
  const added = Object.entries(bounds).flatMap(([key, value]) => (own.has(key) ? [] : [`${key}=${value}`]));
  return `${transport}${transport.includes('?') ? '&' : '?'}${added.join('&')}`;
}
