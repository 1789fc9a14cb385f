/** A path with forward slashes, whether the engine wrote it as POSIX, Windows or `file://`. */
export function plainPath(written: string): string {
  if (written.startsWith('/')) return written;
  const path = written.startsWith('file://') ? pathOfUrl(written) : written;
  return /^(?:[A-Za-z]:[\\/]|\\\\)/.test(path) ? upperDrive(path.replaceAll('\\', '/')) : path;
}

function pathOfUrl(url: string): string {
  const path = url.slice('file://'.length).replace(/[?#].*$/s, '');
  const local = /^\/[A-Za-z]:/.test(path) ? path.slice(1) : path;
  try {
    return decodeURIComponent(local);
  } catch {
    return local;
  }
}

/** `c:\app` and `C:\app` are the same place, and tools write either. */
function upperDrive(path: string): string {
  return path.charAt(0).toUpperCase() + path.slice(1);
}
