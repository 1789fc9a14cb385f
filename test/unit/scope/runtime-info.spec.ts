import { hostname } from 'node:os';
import { runtimeInfo } from '../../../lib/scope/runtime-info.js';

afterEach(() => {
  jest.restoreAllMocks();
});

describe('runtimeInfo', () => {
  it('tells where the process runs', () => {
    const info = runtimeInfo('shop', process.cwd())();
    expect(info).toMatchObject({ app: 'shop', host: hostname(), pid: process.pid, node: process.version });
    expect(info.nest).toMatch(/^\d+\.\d+\.\d+/);
    expect(info.memory).toBeGreaterThan(1_000_000);
  });

  it('does without the version of Nest where it is not installed', () => {
    expect(runtimeInfo('shop', '/')().nest).toBe('unknown');
  });

  it('asks the system at most once a second', () => {
    const now = jest.spyOn(performance, 'now').mockReturnValue(5_000);
    const memory = jest.spyOn(process.memoryUsage, 'rss').mockReturnValue(1);
    const info = runtimeInfo('shop', '/');
    const first = info();
    now.mockReturnValue(5_999);
    expect(info()).toBe(first);
    now.mockReturnValue(6_000);
    memory.mockReturnValue(2);
    expect(info().memory).toBe(2);
    expect(memory).toHaveBeenCalledTimes(2);
  });
});
