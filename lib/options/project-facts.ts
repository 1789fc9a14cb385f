import { readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { oneLine } from '../values/one-line.js';
import { refuse, type Check } from './checks.js';

/** An existing directory. Symbolic links are resolved, as they are in the paths of stacks. */
export const existingFolder: Check<string> = (value, path) => {
  const cure = 'Leave it out for the working directory, or use path.resolve().';
  if (typeof value !== 'string' || !isAbsolute(value)) return refuse(path, 'an absolute path', value, cure);
  try {
    if (statSync(value).isDirectory()) return realpathSync(value);
  } catch {
    // Refused below, like a path to a file.
  }
  return refuse(path, 'an existing directory', value, cure);
};

/** What `package.json` says of the application. */
export interface ProjectFacts {
  readonly name: string | undefined;
  readonly version: string | undefined;
}

/** `name` and `version` of `<root>/package.json`. A file that is missing or broken says nothing. */
export function readProjectFacts(root: string): ProjectFacts {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const { name, version } = manifest as Record<string, unknown>;
    return { name: boundedLine(name, 100), version: boundedLine(version, 200) };
  } catch {
    return { name: undefined, version: undefined };
  }
}

/** The variables in which CI and hosting platforms name the commit that is built or runs. */
const COMMIT_VARIABLES = [
  ...['GITHUB_SHA', 'CI_COMMIT_SHA', 'GIT_COMMIT', 'BITBUCKET_COMMIT', 'CIRCLE_SHA1', 'BUILDKITE_COMMIT'],
  ...['BUILD_SOURCEVERSION', 'CODEBUILD_RESOLVED_SOURCE_VERSION', 'VERCEL_GIT_COMMIT_SHA', 'COMMIT_REF'],
  ...['HEROKU_SLUG_COMMIT', 'RENDER_GIT_COMMIT', 'RAILWAY_GIT_COMMIT_SHA', 'SOURCE_VERSION', 'K_REVISION'],
];

export function namedCommit(): string | undefined {
  for (const name of COMMIT_VARIABLES) {
    const commit = variable(name, 200);
    if (commit !== undefined) return commit;
  }
  return undefined;
}

/** An environment variable as one line; `undefined` if it is not set or blank. */
export function variable(name: string, max: number): string | undefined {
  return boundedLine(process.env[name], max);
}

/**
 * Makes one line of at most `max` characters, however long the text is: text from outside must not
 * fail the boot.
 */
function boundedLine(value: unknown, max: number): string | undefined {
  if (typeof value !== 'string') return undefined;
  // The ellipsis that `oneLine` leaves where it cuts is cut off in turn.
  return [...oneLine(value, max * 4)].slice(0, max).join('') || undefined;
}
