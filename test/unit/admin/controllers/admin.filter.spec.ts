import { Logger, NotFoundException, ForbiddenException, type ArgumentsHost } from '@nestjs/common';
import type { HttpAdapterHost } from '@nestjs/core';
import { AdminFilter } from '../../../../lib/admin/controllers/admin.filter.js';
import { InvalidCursorError } from '../../../../lib/errors/invalid-cursor.error.js';
import { IssueStateError } from '../../../../lib/errors/issue-state.error.js';
import { optionsWith } from '../../../support/events.js';

class Filter extends AdminFilter {
  protected override readonly depth = 1;
}

describe('AdminFilter', () => {
  let said: string[];

  beforeEach(() => {
    said = [];
    jest
      .spyOn(Logger.prototype, 'error')
      .mockImplementation((...[line]: unknown[]) => void said.push(String(line)));
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  const answerTo = async (exception: unknown, accept = 'application/json') => {
    const headers: Record<string, string> = {};
    const replies: [string, number][] = [];
    const httpAdapter = {
      setHeader: (_response: unknown, name: string, value: string) => (headers[name] = value),
      reply: (_response: unknown, body: string, status: number) => replies.push([body, status]),
    };
    const request = { url: '/errors/issues', headers: { accept } };
    const host = { switchToHttp: () => ({ getRequest: () => request, getResponse: () => ({}) }) };
    const filter = new Filter({ httpAdapter } as unknown as HttpAdapterHost, optionsWith());
    await filter.catch(exception, host as unknown as ArgumentsHost);
    const [body, status] = replies[0]!;
    return { body, status, type: headers['Content-Type'] };
  };

  it.each<[unknown, number, string]>([
    [new NotFoundException('There is no such issue.'), 404, 'There is no such issue.'],
    [new IssueStateError('resolved', 'It is resolved.'), 409, 'It is resolved.'],
    [new InvalidCursorError(), 400, new InvalidCursorError().message],
  ])('answers a script with status and message of %p', async (exception, statusCode, message) => {
    const { body, status } = await answerTo(exception);
    expect(status).toBe(statusCode);
    expect(JSON.parse(body)).toEqual({ statusCode, message });
    expect(said).toEqual([]);
  });

  it('tells neither the client nor the log what an unexpected exception says', async () => {
    const { body, status } = await answerTo(new TypeError('token=s3cret'));
    expect(status).toBe(500);
    expect(JSON.parse(body)).toEqual({ statusCode: 500, message: 'This page could not be made.' });
    expect(said).toEqual(['The dashboard could not answer a request (TypeError).']);
  });

  it.each([new ForbiddenException('You may not do this.'), new NotFoundException('No such issue.')])(
    'answers a browser with a page: %p',
    async (exception) => {
      const { body, status, type } = await answerTo(exception, 'text/html,*/*');
      expect(status).toBe(exception.getStatus());
      expect(type).toBe('text/html; charset=utf-8');
      expect(body).toMatch(/^<!doctype html>/);
      expect(body).toContain(exception.message);
    },
  );

  it('never rejects, for Nest does not look at its promise', async () => {
    const filter = new Filter({} as HttpAdapterHost, optionsWith());
    const host = { switchToHttp: () => ({ getRequest: () => ({}), getResponse: () => ({}) }) };
    await expect(
      filter.catch(new NotFoundException(), host as unknown as ArgumentsHost),
    ).resolves.toBeUndefined();
    expect(said).toEqual(['The dashboard could not send the answer to a failed request.']);
  });
});
