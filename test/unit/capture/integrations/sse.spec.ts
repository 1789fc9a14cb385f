import { Get, Sse } from '@nestjs/common';
import { sse } from '../../../../lib/capture/integrations/sse.js';
import { watched } from '../../../support/failures.js';

class Prices {
  @Sse('prices')
  stream(): void {
    // Watched.
  }

  @Get()
  list(): void {
    // Not watched.
  }
}

describe('sse', () => {
  it('watches streams, whose failures go to filters until the first event is out', () => {
    const found = watched(sse, Prices, 'stream');
    expect(found).toMatchObject({ source: 'http', failuresGoTo: 'filters-at-first' });
    expect(found?.facts([])).toEqual({ transaction: 'Prices.stream', contexts: {} });
  });

  it('leaves other routes alone', () => {
    expect(watched(sse, Prices, 'list')).toBeUndefined();
  });
});
