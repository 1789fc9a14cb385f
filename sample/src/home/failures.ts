/**
 * `issue`: the tracker makes an issue of it. `told`: the code hands it over. `quiet`: it does not
 * count.
 */
export type Tracked = 'issue' | 'told' | 'quiet';

export interface Failure {
  readonly title: string;
  readonly tells: string;
  readonly tracked: Tracked;
  readonly method: 'get' | 'post';
  /** `{id}` becomes another number with every click. */
  readonly path: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** How often one click sends it. Default 1. */
  readonly times?: number;
}

export interface FailureGroup {
  readonly title: string;
  readonly failures: readonly Failure[];
}

export const FAILURES: readonly FailureGroup[] = [
  {
    title: 'Bugs in a handler',
    failures: [
      {
        title: 'A plain error',
        tells: 'Somebody wants a lamp gift-wrapped, and the station is closed.',
        tracked: 'issue',
        method: 'post',
        path: '/orders/gift-wrap',
      },
      {
        title: 'Deep in asynchronous services',
        tells:
          'Controller, orders, payments, card terminal: the bank declines three awaits down. Look at the breadcrumbs.',
        tracked: 'issue',
        method: 'post',
        path: '/orders/{id}/pay',
      },
      {
        title: 'A property of undefined',
        tells: 'There is a price list for the summer. It is winter.',
        tracked: 'issue',
        method: 'get',
        path: '/products/DESK-01/price',
        fields: { season: 'winter' },
      },
      {
        title: 'A number in the message',
        tells: 'Every click names another order, and all of them are one issue.',
        tracked: 'issue',
        method: 'get',
        path: '/orders/{id}/invoice',
      },
      {
        title: 'A chain of causes',
        tells: 'The refund failed because the booking failed because of a RangeError.',
        tracked: 'issue',
        method: 'post',
        path: '/orders/{id}/refund',
      },
      {
        title: 'Secrets in body, header and message',
        tells:
          'A password, a card number and a token, in all the wrong places. Find them in the tracker, if you can.',
        tracked: 'issue',
        method: 'post',
        path: '/customers',
        fields: {
          email: 'customer@lamps.example',
          password: 'correct-horse-battery',
          'card[number]': '4111 1111 1111 1111',
          'card[cvc]': '737',
        },
        headers: { Authorization: 'Bearer sample-token-that-nobody-may-see' },
      },
    ],
  },
  {
    title: 'Things that were thrown and are no errors',
    failures: [
      {
        title: 'A thrown object',
        tells: 'The old price import throws whatever comes to hand.',
        tracked: 'issue',
        method: 'post',
        path: '/inventory/prices',
        fields: { list: 'DESK-01;eighty-nine' },
      },
      {
        title: 'A thrown string',
        tells: 'The same import, given an empty list.',
        tracked: 'issue',
        method: 'post',
        path: '/inventory/prices',
        fields: { list: '' },
      },
    ],
  },
  {
    title: 'The world outside',
    failures: [
      {
        title: 'A database constraint',
        tells: 'A lamp with a number that is taken: TypeORM raises a QueryFailedError.',
        tracked: 'issue',
        method: 'post',
        path: '/products',
        fields: { sku: 'DESK-01', name: 'Another desk lamp' },
      },
      {
        title: 'A service that is down',
        tells: 'The courier does not answer: “fetch failed”, with the reason as its cause.',
        tracked: 'issue',
        method: 'get',
        path: '/orders/{id}/parcel',
      },
      {
        title: 'Several at once',
        tells: 'Three warehouses were asked, none answers: an AggregateError.',
        tracked: 'issue',
        method: 'post',
        path: '/inventory/sync',
      },
      {
        title: 'Unavailable, said politely',
        tells:
          'An HttpException with status 503. The customer reads a friendly sentence, the team gets an issue.',
        tracked: 'issue',
        method: 'get',
        path: '/orders/returns',
      },
    ],
  },
  {
    title: 'Before the handler and outside of requests',
    failures: [
      {
        title: 'In a guard',
        tells: 'The guard cannot read the membership card and throws instead of refusing.',
        tracked: 'issue',
        method: 'get',
        path: '/customers/offers',
      },
      {
        title: 'In a pipe',
        tells: '“Two dozen” is not a number, and the pipe throws a TypeError instead of answering 400.',
        tracked: 'issue',
        method: 'post',
        path: '/orders',
        fields: { sku: 'LANT-06', quantity: 'two dozen' },
      },
      {
        title: 'In a background job',
        tells: 'The request has its 202 long before the report fails. @TrackException() sees it.',
        tracked: 'issue',
        method: 'post',
        path: '/reports/sales',
      },
      {
        title: 'In an event listener',
        tells: 'The lamp is reserved, and the listener that packs it finds no box. Nest only logs that.',
        tracked: 'issue',
        method: 'post',
        path: '/inventory/DESK-01/reserve',
      },
      {
        title: 'After the 200 was sent',
        tells: 'The list of customers breaks off in the middle: the browser has its 200 and half a file.',
        tracked: 'issue',
        method: 'get',
        path: '/reports/customers',
      },
      {
        title: 'A hundred at once',
        tells: 'The bank again, a hundred times. One issue, one mail, one ticket, and an exact count.',
        tracked: 'issue',
        method: 'post',
        path: '/orders/{id}/pay',
        times: 100,
      },
    ],
  },
  {
    title: 'Reported on purpose',
    failures: [
      {
        title: 'A handled error',
        tells: 'The receipt printer is out of paper. The order goes through; capture() tells the team.',
        tracked: 'told',
        method: 'post',
        path: '/orders/{id}/receipt',
      },
      {
        title: 'An error that is only logged',
        tells: 'The count of the shelves swallows its error. ErrorTrackerLogger makes an event of the line.',
        tracked: 'told',
        method: 'post',
        path: '/inventory/count',
      },
      {
        title: 'A message',
        tells: 'Nothing failed, but stock is low: captureMessage().',
        tracked: 'told',
        method: 'post',
        path: '/inventory/check',
      },
    ],
  },
  {
    title: 'Everyday answers that do not count',
    failures: [
      {
        title: 'Not found',
        tells: 'Asking for a lamp that does not exist is the client’s mistake.',
        tracked: 'quiet',
        method: 'get',
        path: '/products/NO-LAMP',
      },
      {
        title: 'Sold out',
        tells: 'An error of the domain that a filter of the shop turns into a 409.',
        tracked: 'quiet',
        method: 'post',
        path: '/inventory/NIGHT-04/reserve',
      },
    ],
  },
];
