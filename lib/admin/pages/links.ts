/**
 * Addresses of the dashboard's pages, relative to the page they are on. The browser completes
 * them, so they hold under a global prefix, behind a proxy that adds a base path, and with or
 * without a slash at the end.
 */
export interface Links {
  /** The list. */
  readonly home: string;
  /** Anything below the dashboard, e.g. `issues/7`. */
  to(path: string): string;
}

/**
 * @param path path of the request as the client sent it
 * @param depth segments of the path that lie below the dashboard's mount point
 */
export function linksFrom(path: string, depth: number): Links {
  const slash = path.endsWith('/');
  const segments = path.split('/').filter((segment) => segment !== '');
  const mount = segments.slice(0, segments.length - depth);
  const last = mount.at(-1);
  const up = depth + (slash ? 1 : 0);

  // A relative address starts from the folder of the page: everything up to the last slash.
  const below = up === 0 ? (last === undefined ? './' : `./${last}/`) : '../'.repeat(up - 1) || './';
  // The mount point is addressed by name and without a slash at the end, which Fastify would not
  // route.
  const home = last === undefined ? below : up === 0 ? `./${last}` : `${'../'.repeat(up)}${last}`;
  return { home, to: (target) => below + target };
}
