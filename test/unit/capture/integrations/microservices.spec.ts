import type { ArgumentsHost } from '@nestjs/common';
import { EventPattern, MessagePattern } from '@nestjs/microservices';
import { microservices } from '../../../../lib/capture/integrations/microservices.js';
import { watched } from '../../../support/failures.js';

class Messages {
  @MessagePattern({ cmd: 'pay' })
  pay(): void {
    // Watched.
  }

  @EventPattern('paid')
  paid(_data: unknown): void {
    // Watched.
  }

  other(): void {
    // Not watched.
  }
}

const factsOf = (data: unknown, context: unknown): unknown =>
  microservices.messages?.facts({
    getArgByIndex: (index: number) => [data, context][index],
  } as unknown as ArgumentsHost);

describe('microservices', () => {
  it.each([
    ['pay', '{"cmd":"pay"}'],
    ['paid', 'paid'],
  ])('watches %s, whose failures go to filters', (name, pattern) => {
    const found = watched(microservices, Messages, name);
    expect(found).toMatchObject({ source: 'rpc', failuresGoTo: 'filters' });
    expect(found?.facts([{ id: 7 }])).toEqual({
      transaction: pattern,
      contexts: { message: { pattern, data: { id: 7 } } },
    });
  });

  it('leaves other methods alone', () => {
    expect(watched(microservices, Messages, 'other')).toBeUndefined();
  });

  it.each(['getPattern', 'getChannel', 'getSubject', 'getTopic'])(
    'asks the context of the transport for the pattern: %s()',
    (getter) => {
      expect(factsOf('data', { [getter]: () => 'paid' })).toEqual({
        transaction: 'paid',
        contexts: { message: { pattern: 'paid', data: 'data' } },
      });
    },
  );

  const circular: Record<string, unknown> = {};
  circular['self'] = circular;

  it.each([undefined, {}, { getPattern: 'paid' }, { getPattern: () => circular }])(
    'knows no pattern of the context %o',
    (context) => {
      expect(factsOf('data', context)).toEqual({
        contexts: { message: { pattern: undefined, data: 'data' } },
      });
    },
  );
});
