import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { freePort } from './free-port.js';

/** A database server of the test's own, to be killed at will. */
export interface PrivateServer {
  readonly database: DataSourceOptions;
  /** As `kill -9` of every process of the server. */
  kill(): Promise<void>;
  /** Starts it again on the same data and waits until it answers. */
  start(): Promise<void>;
  remove(): Promise<void>;
}

interface Recipe {
  readonly user: string;
  readonly initialise: (folder: string, uid: number | undefined) => void;
  readonly command: (folder: string, port: number) => readonly [string, readonly string[]];
  readonly database: (port: number) => DataSourceOptions;
}

const POSTGRES: Recipe = {
  user: 'postgres',
  initialise(folder, uid) {
    const args = ['-D', join(folder, 'data'), '-U', 'postgres', '--auth=trust', '--no-sync', '-E', 'UTF8'];
    execFileSync(postgresBinary('initdb'), args, { uid, stdio: 'ignore', cwd: folder });
  },
  command: (folder, port) => [
    postgresBinary('postgres'),
    ['-D', join(folder, 'data'), '-p', String(port), '-h', '127.0.0.1', '-k', folder],
  ],
  database: (port) => ({
    type: 'postgres',
    host: '127.0.0.1',
    port,
    username: 'postgres',
    database: 'postgres',
  }),
};

const MARIADB: Recipe = {
  user: 'mysql',
  initialise(folder, uid) {
    execFileSync(
      'mariadb-install-db',
      ['--no-defaults', '--auth-root-authentication-method=normal', `--datadir=${join(folder, 'data')}`],
      { uid, stdio: 'ignore', cwd: folder },
    );
  },
  command: (folder, port) => [
    'mariadbd',
    [
      '--no-defaults',
      `--datadir=${join(folder, 'data')}`,
      `--port=${String(port)}`,
      '--bind-address=127.0.0.1',
      `--socket=${join(folder, 'socket')}`,
      `--pid-file=${join(folder, 'pid')}`,
    ],
  ],
  database: (port) => ({
    type: 'mariadb',
    host: '127.0.0.1',
    port,
    username: 'root',
    password: '',
    database: 'test',
  }),
};

export const PRIVATE_SERVERS = { PostgreSQL: POSTGRES, MariaDB: MARIADB } as const;

export async function privateServer(kind: keyof typeof PRIVATE_SERVERS): Promise<PrivateServer> {
  const recipe = PRIVATE_SERVERS[kind];
  // Neither server runs as root.
  const uid = process.getuid?.() === 0 ? Number(execFileSync('id', ['-u', recipe.user])) : undefined;
  const folder = mkdtempSync(join(tmpdir(), 'error-tracker-server-'));
  if (uid !== undefined) chownSync(folder, uid, uid);
  const port = await freePort();
  const database = recipe.database(port);
  recipe.initialise(folder, uid);
  let running: ChildProcess | undefined;

  const server: PrivateServer = {
    database,
    async start() {
      const [command, args] = recipe.command(folder, port);
      running = spawn(command, args, { uid, cwd: folder, detached: true, stdio: 'ignore' });
      await answers(database, () => running?.exitCode ?? undefined);
    },
    async kill() {
      const child = running;
      running = undefined;
      if (child?.pid === undefined || child.exitCode !== null) return;
      const gone = new Promise((resolve) => child.once('exit', resolve));
      // PostgreSQL's processes lead groups of their own; stopped, their parent makes no further
      // ones.
      child.kill('SIGSTOP');
      for (const pid of [...childrenOf(child.pid), child.pid]) killAtOnce(pid);
      await gone;
    },
    async remove() {
      await server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

function childrenOf(parent: number): readonly number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => {
    try {
      // After the name, which may contain anything, come the state and the parent.
      const [, ppid] = readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      return Number(ppid) === parent;
    } catch {
      return false;
    }
  });
}

function killAtOnce(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}

async function answers(database: DataSourceOptions, exitCode: () => number | undefined): Promise<void> {
  const deadline = Date.now() + 30_000;
  const admin = {
    ...database,
    database: database.type === 'mariadb' ? 'mysql' : 'postgres',
  } as DataSourceOptions;
  for (;;) {
    try {
      const connection = await new DataSource(admin).initialize();
      if (database.type === 'mariadb') await connection.query('CREATE DATABASE IF NOT EXISTS test');
      await connection.destroy();
      return;
    } catch (error) {
      if (exitCode() !== undefined || Date.now() > deadline) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function postgresBinary(name: string): string {
  const root = '/usr/lib/postgresql';
  const newest = readdirSync(root).sort((a, b) => Number(b) - Number(a))[0];
  if (newest === undefined) throw new Error(`No PostgreSQL server in ${root}.`);
  return join(root, newest, 'bin', name);
}
