import { request as httpRequest, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The connection broke off before the response was whole; `body` is what had come until then. */
  readonly broken?: true;
}

export interface HttpCall {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
}

/** One request over a connection of its own, answered with exactly what came over the wire. */
export function http(
  url: string,
  { method = 'GET', headers = {}, body }: HttpCall = {},
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(url, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      const answer = (): HttpAnswer => ({
        status: response.statusCode ?? 0,
        headers: response.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      });
      response.on('error', () => {
        resolve({ ...answer(), broken: true });
      });
      response.on('end', () => {
        resolve(answer());
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

export function postJson(url: string, body: unknown, headers: OutgoingHttpHeaders = {}): Promise<HttpAnswer> {
  return http(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}
