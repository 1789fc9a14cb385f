import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ErrorTrackerLogger } from 'nestjs-error-tracker';
import { AppModule } from './app.module.js';
import { SETTINGS } from './settings.js';

const app = await NestFactory.create<NestExpressApplication>(AppModule);
// Makes events of error lines and breadcrumbs of other lines.
app.useLogger(new ErrorTrackerLogger());
// Lets the tracker store and mail what still waits when the process is asked to end.
app.enableShutdownHooks();

try {
  await app.listen(SETTINGS.port, SETTINGS.host);
} catch (error) {
  if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
  await app.close();
  console.error(`\nPort ${SETTINGS.port} is taken. Choose another one:  PORT=3001 npm start\n`);
  process.exit(1);
}

const log = new Logger('Shop');
log.log(`The shop, with a button for every way to fail:  ${SETTINGS.publicUrl}/`);
log.log(`What the tracker made of it:                    ${SETTINGS.publicUrl}/errors`);
log.log(`The mails it sent:                              ${SETTINGS.publicUrl}/mailbox`);
log.log(`The tickets it filed:                           ${SETTINGS.publicUrl}/board`);
