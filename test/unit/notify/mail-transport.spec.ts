import { boundedTransport } from '../../../lib/notify/mail-transport.js';

describe('boundedTransport', () => {
  it('pools SMTP and bounds its waiting', () => {
    expect(boundedTransport({ host: 'mail.example' })).toMatchObject({
      host: 'mail.example',
      pool: true,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 10_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  });

  it('lets the application have its own way', () => {
    expect(boundedTransport({ host: 'mail.example', pool: false, socketTimeout: 1 })).toMatchObject({
      pool: false,
      socketTimeout: 1,
    });
  });

  it('adds to an address only what it does not say', () => {
    const address = boundedTransport('smtps://user:p%3Dss@mail.example:465?pool=false') as string;
    expect(address).toMatch(/^smtps:\/\/user:p%3Dss@mail\.example:465\?pool=false&/);
    expect(address.match(/pool=/g)).toHaveLength(1);
    expect(new URL(address).searchParams.get('socketTimeout')).toBe('10000');
  });

  it.each([
    [{ jsonTransport: true }],
    [{ sendmail: true }],
    [{ send: () => undefined }],
    ['direct:?name=host'],
  ])('leaves %p alone, which is no SMTP', (transport) => {
    expect(boundedTransport(transport)).toBe(transport);
  });
});
