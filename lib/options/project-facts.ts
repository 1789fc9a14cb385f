import { readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { refuse } from './option-checks.js';
import type { Check } from './option-checks.js';

/** What the surroundings say; defaults are taken from it. */
export interface ProjectFacts {
  readonly name: string | undefined;
  readonly version: string | undefined;
}

/** An existing directory; symbolic links are resolved, as the paths in stacks are. */
export const projectRoot: Check<string> = (value, path) => {
  const cure = 'Leave it out for the working directory, or use path.resolve().';
  if (typeof value !== 'string' || !isAbsolute(value)) return refuse(path, 'an absolute path', value, cure);
  try {
    if (statSync(value).isDirectory()) return realpathSync(value);
  } catch {
    // Told below, as for a path that is a file.
  }
  return refuse(path, 'an existing directory', value, cure);
};

/** A directory that may be made when it is needed. */
export const folder: Check<string> = (value, path) =>
  typeof value === 'string' && isAbsolute(value)
    ? value
    : refuse(path, 'an absolute path', value, 'Use path.resolve().');

/** `name` and `version` of `<root>/package.json`; a missing or broken file says nothing. */
export function readProjectFacts(root: string): ProjectFacts {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const { name, version } = manifest as Record<string, unknown>;
    return { name: oneLine(name, 100), version: oneLine(version, 200) };
  } catch {
    return { name: undefined, version: undefined };
  }
}

/** Where CI and hosting platforms name the commit that is built or runs. */
const COMMIT_VARIABLES = [
  ...['GITHUB_SHA', 'CI_COMMIT_SHA', 'GIT_COMMIT', 'BITBUCKET_COMMIT', 'CIRCLE_SHA1', 'BUILDKITE_COMMIT'],
  ...['BUILD_SOURCEVERSION', 'CODEBUILD_RESOLVED_SOURCE_VERSION', 'VERCEL_GIT_COMMIT_SHA', 'COMMIT_REF'],
  ...['HEROKU_SLUG_COMMIT', 'RENDER_GIT_COMMIT', 'RAILWAY_GIT_COMMIT_SHA', 'SOURCE_VERSION', 'K_REVISION'],
];

export function namedCommit(): string | undefined {
  for (const name of COMMIT_VARIABLES) {
    const commit = oneLine(process.env[name], 200);
    if (commit !== undefined) return commit;
  }
  return undefined;
}

/** Text from the surroundings as one bounded line: it must never fail the boot. */
export function oneLine(value: unknown, max: number): string | undefined {
  if (typeof value !== 'string') return undefined;
  const clean = value.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
  return clean === '' ? undefined : [...clean.slice(0, max * 2)].slice(0, max).join('');
}
