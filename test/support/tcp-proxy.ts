import { createServer, connect, type AddressInfo, type Socket } from 'node:net';

/** Stands between the tracker and a database server, and fails the way networks do. */
export interface TcpProxy {
  readonly port: number;
  /** Takes connections and bytes, and never answers. */
  fallSilent(): void;
  /** Delays every answer by this number of milliseconds. */
  slowDown(ms: number): void;
  /** Breaks every connection and refuses further ones, as a server that is down. */
  goDown(): Promise<void>;
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

export async function tcpProxy(target: { host: string; port: number }): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let silent = false;
  let lateMs = 0;
  const server = createServer((client) => {
    const upstream = connect(target);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on('data', (data) => silent || upstream.write(data));
    upstream.on('data', (data) => {
      if (silent) return;
      if (lateMs === 0) client.write(data);
      else setTimeout(() => client.destroyed || client.write(data), lateMs);
    });
  });
  const listen = (port: number) =>
    new Promise<void>((resolve) => {
      server.listen(port, '127.0.0.1', resolve);
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;

  const goDown = () =>
    new Promise<void>((resolve) => {
      if (!server.listening) {
        resolve();
        return;
      }
      server.close(() => {
        resolve();
      });
      for (const socket of sockets) socket.destroy();
    });
  return {
    port,
    fallSilent() {
      silent = true;
    },
    slowDown(ms) {
      lateMs = ms;
    },
    goDown,
    async comeBack() {
      silent = false;
      if (!server.listening) await listen(port);
    },
    close: goDown,
  };
}
