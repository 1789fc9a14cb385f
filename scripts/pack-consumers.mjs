// The two applications that install the packed library. The same source compiles to ESM and to CommonJS.
const app = `
import 'reflect-metadata';
import { Controller, Get, Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ErrorTrackerModule, Permission } from 'nestjs-error-tracker';

@Injectable()
class AllowAll extends Permission {
  allows(): boolean {
    return true;
  }
}

@Controller()
class FailingController {
  @Get('boom')
  boom(): never {
    throw new Error('a bug of the consumer');
  }
}

@Module({
  imports: [ErrorTrackerModule.forRoot({ permission: AllowAll })],
  controllers: [FailingController],
})
class AppModule {}

async function main(): Promise<void> {
  const app = await NestFactory.create(AppModule, { logger: ['warn', 'error'] });
  app.enableShutdownHooks();
  await app.listen(0, '127.0.0.1');
  console.log('listening on ' + (await app.getUrl()));
}

void main();

// Proves that the compiler found the declarations: a module without types would take anything.
export const typed = (): unknown =>
  // @ts-expect-error there is no such option
  ErrorTrackerModule.forRoot({ noSuchOption: true });
`;

const suite = `
import { Test } from '@nestjs/testing';
import { ErrorTrackerModule, ErrorTrackerService } from 'nestjs-error-tracker';

it('tracks inside a jest suite', async () => {
  const module = await Test.createTestingModule({
    imports: [ErrorTrackerModule.forRoot({ database: { type: 'better-sqlite3', database: ':memory:', driver: require('libsql') } })],
  }).compile();
  const app = module.createNestApplication({ logger: false });
  await app.init();
  expect(typeof app.get(ErrorTrackerService).capture(new Error('a bug in a suite'))).toBe('string');
  await app.close();
});
`;

const compilerOptions = {
  target: 'ES2022',
  rootDir: 'src',
  outDir: 'dist',
  strict: true,
  skipLibCheck: true,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
};

const tsconfig = (options) =>
  JSON.stringify({ compilerOptions: { ...compilerOptions, ...options }, include: ['src'] });

export const consumers = [
  {
    name: 'Nest 12, ESM, TypeScript 6 nodenext',
    packages: {
      '@nestjs/common': '^12.0.0',
      '@nestjs/core': '^12.0.0',
      '@nestjs/platform-express': '^12.0.0',
      '@nestjs/typeorm': '^12.0.0',
      '@types/node': '^20.19.0',
      libsql: '0.5.29',
      'reflect-metadata': '^0.2.2',
      rxjs: '^7.8.2',
      typeorm: '^1.1.1',
      typescript: '6.0.3',
    },
    files: {
      'package.json': JSON.stringify({ private: true, type: 'module' }),
      'tsconfig.json': tsconfig({ module: 'nodenext', moduleResolution: 'nodenext', types: ['node'] }),
      'src/app.ts': app,
    },
  },
  {
    name: 'Nest 11, CommonJS, TypeScript 5.9 node10, TypeORM 0.3, jest',
    packages: {
      '@nestjs/common': '^11.0.0',
      '@nestjs/core': '^11.0.0',
      '@nestjs/platform-express': '^11.0.0',
      '@nestjs/testing': '^11.0.0',
      '@nestjs/typeorm': '^11.0.0',
      '@types/jest': '^30.0.0',
      '@types/node': '^20.19.0',
      jest: '^30.0.0',
      libsql: '0.5.29',
      'reflect-metadata': '^0.2.2',
      rxjs: '^7.8.2',
      'ts-jest': '^29.4.0',
      typeorm: '^0.3.20',
      typescript: '~5.9.0',
    },
    files: {
      // The newest unrs-resolver (of jest) names platform packages that are not all published.
      'package.json': JSON.stringify({ private: true, overrides: { 'unrs-resolver': '1.11.1' } }),
      'tsconfig.json': tsconfig({ module: 'commonjs', moduleResolution: 'node10', types: ['node', 'jest'] }),
      'src/app.ts': app,
      'src/app.spec.ts': suite,
      'jest.config.js': `module.exports = { rootDir: 'src', preset: 'ts-jest', testTimeout: 30000 };\n`,
    },
    jest: true,
  },
];
