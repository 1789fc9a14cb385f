import 'reflect-metadata';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Catch, type ArgumentsHost, type ExceptionFilter, type Type } from '@nestjs/common';
import type { Intake } from '../../intake/intake.js';
import { tell } from '../../errors/tell.js';
import { reportFrom } from './report-from.js';
import { addLastFilter } from './last-filter.js';
import { GATEWAY } from './microservices.js';

/** Nest asks no global filter about the messages of a gateway: the tracker's is put on its class, where it is asked last. */
export function watchGateway(type: Type, intake: Intake, projectRoot: string): void {
  if (!Reflect.hasMetadata(GATEWAY, type)) return;
  const base = loadBaseFilter(projectRoot);
  if (!base) {
    tell(
      'warn',
      `Exceptions of ${type.name} are not captured: @nestjs/websockets is not found from "projectRoot".`,
    );
    return;
  }
  addLastFilter(
    type,
    new GatewayFilter(type, intake, new base()),
    (filter) => filter instanceof GatewayFilter,
  );
}

/** Captures what no filter of the gateway took, and lets Nest's own filter answer: a gateway has no other default. */
@Catch()
class GatewayFilter implements ExceptionFilter {
  constructor(
    private readonly gateway: Type,
    private readonly intake: Intake,
    private readonly base: ExceptionFilter,
  ) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    reportFrom(this.intake, exception, host, 'ws', this.gateway);
    this.base.catch(exception, host);
  }
}

/** The package is optional, and it is there where a gateway is; asked for from the application's root, so that it is the same copy. */
function loadBaseFilter(projectRoot: string): (new () => ExceptionFilter) | undefined {
  try {
    const websockets: unknown = createRequire(join(projectRoot, 'package.json'))('@nestjs/websockets');
    return (websockets as { BaseWsExceptionFilter?: new () => ExceptionFilter }).BaseWsExceptionFilter;
  } catch {
    return undefined;
  }
}
