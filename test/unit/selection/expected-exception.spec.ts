import { HttpException, NotFoundException } from '@nestjs/common';
import { httpExceptionStatus, isTransportException } from '../../../lib/selection/expected-exception.js';

/** Throws whatever is asked of it. */
const hostile: object = new Proxy(
  {},
  {
    get() {
      throw new Error('hostile');
    },
  },
);

describe('httpExceptionStatus', () => {
  const shapedLike = (getStatus: () => unknown) => ({
    getStatus,
    getResponse: () => ({}),
    initMessage: () => undefined,
  });

  it.each<[unknown, number]>([
    [new NotFoundException(), 404],
    [new HttpException('teapot', 418), 418],
    [shapedLike(() => 409), 409],
  ])('of %p is %i, also from another copy of Nest', (exception, status) => {
    expect(httpExceptionStatus(exception)).toBe(status);
  });

  it.each([
    Object.assign(new Error('Request failed'), { status: 404, response: {} }),
    { getStatus: () => 404 },
    shapedLike(() => '404'),
    shapedLike(() => {
      throw new Error('broken');
    }),
    ...[hostile, new Error('x'), 'text', null, undefined],
  ])('is none of anything else', (exception) => {
    expect(httpExceptionStatus(exception)).toBeUndefined();
  });
});

describe('isTransportException', () => {
  const graphql = (facts: object) => Object.assign(new Error('x'), { name: 'GraphQLError', ...facts });

  it.each<[string, unknown, boolean]>([
    ['an RpcException', { getError: () => 'x', initMessage: () => undefined }, true],
    ['a GraphQLError of the application', graphql({ extensions: {} }), true],
    [
      'one that GraphQL made of another error',
      graphql({ extensions: {}, originalError: new Error() }),
      false,
    ],
    ['an error with half of the shape', { getError: () => 'x' }, false],
    ['an error', new Error('x'), false],
    ['an HttpException', new NotFoundException(), false],
    ['what throws when it is looked at', hostile, false],
    ['nothing', undefined, false],
  ])('of %s', (_what, exception, expected) => {
    expect(isTransportException(exception)).toBe(expected);
  });
});
