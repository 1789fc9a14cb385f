import { createRequire } from 'node:module';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { RuntimeInfo } from '../event/error-event.js';

/** Returns a function that tells where the process runs and how it is now. */
export function runtimeInfo(app: string, projectRoot: string): () => RuntimeInfo {
  const constant = {
    app,
    host: hostname(),
    pid: process.pid,
    node: process.version,
    nest: nestVersion(projectRoot),
    platform: `${process.platform} ${process.arch}`,
  };
  return () => ({ ...constant, uptime: Math.round(process.uptime()), memory: process.memoryUsage.rss() });
}

function nestVersion(projectRoot: string): string {
  try {
    const manifest: unknown = createRequire(join(projectRoot, 'package.json'))('@nestjs/core/package.json');
    return String((manifest as { version: unknown }).version);
  } catch {
    return 'unknown';
  }
}
