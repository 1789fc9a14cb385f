import { messageTemplate } from '../../../lib/grouping/message-template.js';

describe('message template', () => {
  it.each([
    ['User 5 not found', 'User <*> not found'],
    ['Order order-17 and user_4 of ORD2024', 'Order order-<*> and user_<*> of ORD<*>'],
    ['balance is -12.50, was 1,200', 'balance is <*>, was <*>'],
    ['User 0191f0a2-7c3e-7d2a-9b1c-0a1b2c3d4e5f gone', 'User <*> gone'],
    ['Job 01ARZ3NDEKTSV4RRFFQ69G5FAV failed', 'Job <*> failed'],
    ['Document 507f1f77bcf86cd799439011 missing', 'Document <*> missing'],
    ['token V1StGXR8_Z5jdHi6B-myT expired', 'token <*> expired'],
    ['token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln expired', 'token <*> expired'],
    ['commit 3f2a91c not found', 'commit <*> not found'],
    ['segfault at 0x7ffe12', 'segfault at <*>'],
    ['mail to ann.o+tag@shop.example bounced', 'mail to <*> bounced'],
    [
      'GET https://ann:pw@api.shop.example:8443/v1/users/5?key=x failed',
      'GET https://api.shop.example/<*> failed',
    ],
    ['GET http://10.0.0.7:3000/x failed', 'GET http://<*>/<*> failed'],
    ['connect to 10.0.0.7:5432 refused', 'connect to <*> refused'],
    ['connect to 2001:db8::7 refused', 'connect to <*> refused'],
    ['device aa:bb:cc:dd:ee:ff lost', 'device <*> lost'],
    ['at 04:05:06', 'at <*>'],
    ['due 2026-02-03T04:05:06.789Z', 'due <*>'],
    ['due 2026-02-03 04:05:06', 'due <*>'],
    ['due Tue Feb 03 2026 04:05:06 GMT+0100 (Central European Standard Time)', 'due <*>'],
    ['due Tue, 03 Feb 2026 04:05:06 GMT', 'due <*>'],
    ['timeout of 5000ms exceeded', 'timeout of <*> exceeded'],
    ['took 1.5 seconds', 'took <*>'],
    ['no such file "/tmp/a b.txt"', 'no such file <*>'],
    ["can't open 'x', don't know 'y'", "can't open <*>, don't know <*>"],
    ['cannot read /var/data/17/report.pdf', 'cannot read <*>/report.pdf'],
    ['cannot read C:\\data\\17\\report.pdf', 'cannot read <*>/report.pdf'],
    ['Key (email, org)=(a@x.y, Miller (Jr.)) already exists.', 'Key (email, org)=(<*>) already exists.'],
    ['ids 1, 2, 3 are gone', 'ids <*> are gone'],
    ['\n\n  first line 1 \nsecond line', 'first line <*>'],
    ['   ', ''],
    ['utf8 and sha1 and v2', 'utf8 and sha1 and v2'],
  ])('of %j is %j', (message, template) => expect(messageTemplate(message)).toBe(template));

  it.each([
    "Cannot read properties of undefined (reading 'id')",
    "Cannot set properties of undefined (setting 'address2')",
    'column "users.nme" does not exist',
    "Unknown column 'u.line2' of table 'orders'",
    'violates unique constraint "UQ_97672ac88f789774dd47f7c8be3"',
    'Request failed with status code 404',
    'HTTP/1.1 503 from upstream',
    'E11000 in collection',
    'TS2304 and P2002',
  ])('keeps %j as it is', (message) => expect(messageTemplate(message)).toBe(message));

  it('is the same for a list of any length', () => {
    expect(messageTemplate('ids 1, 2')).toBe(messageTemplate('ids 1, 2, 3, 4'));
  });

  it('is bounded, and does not depend on how long the values were', () => {
    const tail = 'x '.repeat(10_000);
    expect(messageTemplate(`user 1 ${tail}`)).toHaveLength(300);
    expect(messageTemplate(`user 123456789012345678 ${tail}`)).toBe(messageTemplate(`user 1 ${tail}`));
  });

  it('of a template is the template', () => {
    const template = messageTemplate('User 5 of "x" at 10.0.0.1 and /a/b/c.txt');
    expect(messageTemplate(template)).toBe(template);
  });
});
