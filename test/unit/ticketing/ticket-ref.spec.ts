import { checkedTicketRef, NoTicketError } from '../../../lib/ticketing/ticket-ref.js';

describe('checkedTicketRef', () => {
  it.each([
    [
      { key: 'SHOP-12', url: 'https://jira.example/SHOP-12' },
      { key: 'SHOP-12', url: 'https://jira.example/SHOP-12' },
    ],
    [{ key: 7 }, { key: '7' }],
    [{ key: ' SHOP\n12 ', other: 1 }, { key: 'SHOP 12' }],
    [{ key: 'a', url: 'javascript:alert(1)' }, { key: 'a' }],
    [{ key: 'a', url: '/relative' }, { key: 'a' }],
    [{ key: 'a', url: `https://x/${'y'.repeat(2048)}` }, { key: 'a' }],
    [
      { key: 'a', url: 'https://user:password@x/' },
      { key: 'a', url: 'https://x/' },
    ],
  ])('takes %p for %p', (returned, ref) => {
    expect(checkedTicketRef(returned)).toEqual(ref);
  });

  it('cuts the key', () => {
    expect(checkedTicketRef({ key: 'x'.repeat(500) }).key).toHaveLength(100);
  });

  it.each([undefined, null, 'SHOP-12', {}, { key: '' }, { key: '\n' }, { key: {} }])(
    'takes %p for no ticket',
    (returned) => {
      expect(() => checkedTicketRef(returned)).toThrow(NoTicketError);
    },
  );
});
