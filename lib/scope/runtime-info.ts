import { createRequire } from 'node:module';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { RuntimeInfo } from '../event/error-event.js';

const FRESH_MS = 1000;

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
  let latest: RuntimeInfo | undefined;
  let readAt = -Infinity;
  return () => {
    const now = performance.now();
    // Asking the system takes as long as making the rest of an event.
    if (!latest || now - readAt >= FRESH_MS) {
      latest = { ...constant, uptime: Math.round(process.uptime()), memory: process.memoryUsage.rss() };
      readAt = now;
    }
    return latest;
  };
}

function nestVersion(projectRoot: string): string {
  try {
    const manifest: unknown = createRequire(join(projectRoot, 'package.json'))('@nestjs/core/package.json');
    return String((manifest as { version: unknown }).version);
  } catch {
    return 'unknown';
  }
}
