import type { ArgumentsHost } from '@nestjs/common';
import { reportUnfiltered } from '../../../../lib/capture/integrations/all-integrations.js';
import { noteScope, scopeOfRequest } from '../../../../lib/scope/scope-storage.js';
import { Scope } from '../../../../lib/scope/scope.js';
import { recordingIntake } from '../../../support/failures.js';

const host = (type: string, args: readonly unknown[]): ArgumentsHost =>
  ({
    getType: () => type,
    getArgs: () => args,
    getArgByIndex: (index: number) => args[index],
  }) as unknown as ArgumentsHost;

describe('reportUnfiltered', () => {
  it('reports an exception with what its message tells', () => {
    const { intake, reported } = recordingIntake();
    const exception = new Error('broke');
    reportUnfiltered(intake, exception, host('rpc', ['data', { getPattern: () => 'paid' }]));
    expect(reported).toMatchObject([
      {
        exception,
        site: { source: 'rpc' },
        transaction: 'paid',
        contexts: { message: { pattern: 'paid', data: 'data' } },
        handled: false,
      },
    ]);
  });

  it('prefers the scope that the exception was thrown in, and knows the handler from it', () => {
    const { intake, reported } = recordingIntake();
    const exception = new Error('broke');
    const scope = new Scope('rpc');
    scope.handlerClass = Scope;
    scope.handlerName = 'paid';
    noteScope(exception, scope);
    reportUnfiltered(intake, exception, host('rpc', []));
    expect(reported).toMatchObject([{ scope, site: { handlerClass: Scope, handlerName: 'paid' } }]);
  });

  it('uses the scope of the request that carried a GraphQL operation', () => {
    const { intake, reported } = recordingIntake();
    const request = { url: '/graphql' };
    reportUnfiltered(intake, new Error('broke'), host('graphql', [undefined, {}, { req: request }, {}]));
    expect(reported).toMatchObject([{ scope: scopeOfRequest(request), site: { request } }]);
  });

  it('does not lose the exception of a message that cannot be read, or of a kind that is not known', () => {
    const { intake, reported } = recordingIntake();
    const hostile = {
      getPattern: () => {
        throw new Error('hostile');
      },
    };
    reportUnfiltered(intake, 'first', host('rpc', ['data', hostile]));
    reportUnfiltered(intake, 'second', host('necord', []));
    expect(reported).toMatchObject([
      { exception: 'first', contexts: {} },
      { exception: 'second', site: { source: 'necord' }, contexts: {} },
    ]);
  });
});
