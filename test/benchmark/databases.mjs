import { join } from 'node:path';
import libsql from 'libsql';
import { DataSource } from 'typeorm';

const SERVER = {
  type: 'postgres',
  host: process.env.ERROR_TRACKER_TEST_POSTGRES_HOST ?? '127.0.0.1',
  port: 5432,
  username: 'postgres',
};

/**
 * TypeORM options of the benchmark's database: a file in the working directory, or a database of
 * PostgreSQL.
 */
export function databaseOptions(kind = process.env.BENCH_DATABASE ?? 'sqlite') {
  return kind === 'postgres'
    ? { ...SERVER, database: process.env.BENCH_DATABASE_NAME }
    : { type: 'better-sqlite3', database: join(process.cwd(), 'errors.sqlite'), driver: libsql };
}

/** Makes an empty database in PostgreSQL; returns its name and a way to remove it. */
export async function scratchPostgres() {
  const name = `error_tracker_bench_${process.pid}_${Date.now()}`;
  const administrate = async (statement) => {
    const admin = await new DataSource({ ...SERVER, database: 'postgres' }).initialize();
    await admin.query(statement).finally(() => admin.destroy());
  };
  await administrate(`CREATE DATABASE ${name}`);
  return { name, drop: () => administrate(`DROP DATABASE ${name} WITH (FORCE)`) };
}
