import type { ModuleRef } from '@nestjs/core';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource, DataSourceOptions } from 'typeorm';
import { ErrorTrackerConfigurationError } from '../../errors/configuration.error.js';
import { MINUTE_MS } from '../../time/durations.js';
import { pause } from '../../time/pause.js';
import { dialectOf } from './dialect/dialect-of.js';

const LOOK_AGAIN_MS = 5;
/**
 * `TypeOrmModule` tries ten times, three seconds apart. Whether the application goes on without it
 * is its own affair.
 */
const MAX_WAIT_MS = 2 * MINUTE_MS;

/**
 * How the application connects to one of its databases. The tracker does the same with a connection
 * of its own: what it writes during a transaction of the application must not be rolled back with
 * it.
 *
 * @throws ErrorTrackerConfigurationError if there is no such data source, or if it is in memory,
 * where a second connection sees nothing
 */
export async function hostDatabase(name: string, moduleRef: ModuleRef): Promise<DataSourceOptions> {
  const { options } = await hostDataSource(name, moduleRef);
  if (dialectOf(options.type).isPrivate(options)) {
    throw new ErrorTrackerConfigurationError(
      `Option "database" names the data source "${name}", which is an SQLite database in memory.`,
      'No second connection can see it: name a file for the tracker, or leave `database` out.',
    );
  }
  return options;
}

/**
 * Nest makes providers side by side: the application's data source is there once it has connected.
 */
async function hostDataSource(name: string, moduleRef: ModuleRef): Promise<DataSource> {
  const token = getDataSourceToken(name === 'default' ? undefined : name);
  const until = performance.now() + MAX_WAIT_MS;
  do {
    let found: DataSource | null | undefined;
    try {
      found = moduleRef.get<DataSource | null>(token, { strict: false });
    } catch {
      throw new ErrorTrackerConfigurationError(
        `Option "database" names the data source "${name}", which the application does not have.`,
        `Import TypeOrmModule.forRoot(${name === 'default' ? '' : `{ name: '${name}', … }`}), or say how to connect.`,
      );
    }
    if (found) return found;
    await pause(LOOK_AGAIN_MS);
  } while (performance.now() < until);
  throw new ErrorTrackerConfigurationError(
    `Option "database" names the data source "${name}", which did not come up.`,
    'Give the tracker a connection of its own: then it can tell what keeps the application from starting.',
  );
}
