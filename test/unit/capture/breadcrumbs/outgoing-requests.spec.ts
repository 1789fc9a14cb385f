import { channel } from 'node:diagnostics_channel';
import { watchOutgoingRequests } from '../../../../lib/capture/breadcrumbs/outgoing-requests.js';
import type { Breadcrumb } from '../../../../lib/event/error-event.js';
import { runInternally } from '../../../../lib/scope/internal-work.js';
import { openScopes, runInScope } from '../../../../lib/scope/scope-storage.js';
import { Scope } from '../../../../lib/scope/scope.js';

const tell = (name: string, message: object): void => {
  channel(name).publish(message);
};
const sent = { method: 'GET', protocol: 'https:', host: 'bank.example', path: '/rates' };

describe('watchOutgoingRequests', () => {
  const scope = new Scope('http');
  let kept: [Scope, Breadcrumb][];
  let stop: () => void;

  const httpRequest = (request: object, ending: object, name = 'http.client.response.finish'): void => {
    runInScope(scope, () => tell('http.client.request.start', { request }));
    tell(name, { request, ...ending });
  };

  beforeEach(() => {
    openScopes();
    kept = [];
    stop = watchOutgoingRequests((...breadcrumb) => void kept.push(breadcrumb));
  });
  afterEach(() => {
    stop();
  });

  it.each([
    [200, 'info'],
    [404, 'warning'],
    [503, 'error'],
  ])('notes an answer with %i as %s, on the scope that the request was sent in', (statusCode, level) => {
    httpRequest({ ...sent }, { response: { statusCode } });
    expect(kept).toEqual([
      [
        scope,
        {
          at: expect.any(Number),
          type: 'http',
          level,
          message: `GET https://bank.example/rates ${statusCode}`,
          data: { ms: expect.any(Number) },
        },
      ],
    ]);
  });

  it('notes why there was no answer', () => {
    httpRequest({ ...sent }, { error: { code: 'ECONNRESET' } }, 'http.client.request.error');
    httpRequest({ ...sent }, { error: {} }, 'http.client.request.error');
    expect(kept.map(([, { level, message }]) => [level, message])).toEqual([
      ['error', 'GET https://bank.example/rates ECONNRESET'],
      ['error', 'GET https://bank.example/rates failed'],
    ]);
  });

  it('notes a fetch too, and the host that was asked for', () => {
    const request = { method: 'POST', origin: 'https://bank.example', path: '/pay' };
    runInScope(scope, () => tell('undici:request:create', { request }));
    tell('undici:request:headers', { request, response: { statusCode: 201 } });
    const getHeader = (name: string) => (name === 'host' ? 'bank.example:8443' : undefined);
    httpRequest({ ...sent, host: '10.0.0.7', getHeader }, { response: { statusCode: 200 } });
    expect(kept.map(([, { message }]) => message)).toEqual([
      'POST https://bank.example/pay 201',
      'GET https://bank.example:8443/rates 200',
    ]);
  });

  it('keeps the names of parameters, and none of their values', () => {
    const path = '/rates?user=ada&token=s3cret&plain';
    httpRequest({ ...sent, path }, { response: { statusCode: 200 } });
    expect(kept[0]![1].message).toBe('GET https://bank.example/rates?user=…&token=…&plain 200');
  });

  it('notes each request once, and none outside of a scope or of the tracker', () => {
    const request = { ...sent };
    httpRequest(request, { response: { statusCode: 200 } });
    tell('http.client.response.finish', { request, response: { statusCode: 200 } });
    const outside = { ...sent };
    tell('http.client.request.start', { request: outside });
    tell('http.client.response.finish', { request: outside, response: { statusCode: 200 } });
    runInternally(() => httpRequest({ ...sent }, { response: { statusCode: 200 } }));
    expect(kept).toHaveLength(1);
  });

  it('notes nothing any more once it is stopped', () => {
    stop();
    httpRequest({ ...sent }, { response: { statusCode: 200 } });
    expect(kept).toEqual([]);
  });
});
