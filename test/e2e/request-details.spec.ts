import { Body, Controller, Post, UploadedFile, UploadedFiles, UseInterceptors } from '@nestjs/common';
import { AnyFilesInterceptor, FileInterceptor } from '@nestjs/platform-express';
import type { CaptureOptions } from '../../lib/index.js';
import { PLATFORMS, startApp, type Platform, type TestApp } from '../support/app.js';
import { http } from '../support/http.js';

@Controller()
class UploadsController {
  @Post('photo')
  @UseInterceptors(FileInterceptor('photo'))
  photo(@UploadedFile() _photo: unknown): never {
    throw new Error('no room for the photo');
  }

  @Post('photos')
  @UseInterceptors(AnyFilesInterceptor())
  photos(@UploadedFiles() _photos: unknown): never {
    throw new Error('no room for the photos');
  }

  @Post('orders')
  order(@Body() _body: object): void {
    /* the body is refused before */
  }
}

let app: TestApp;
afterEach(() => app.close());

const start = async (platform: Platform, capture: CaptureOptions = {}): Promise<void> => {
  app = await startApp({ platform, controllers: [UploadsController], tracker: { capture } });
};

async function upload(path: string): Promise<void> {
  const form = new FormData();
  form.set('title', 'Holidays');
  form.set('password', 'hunter2');
  form.set('photo', new Blob(['the content of the file'], { type: 'image/png' }), 'beach.png');
  expect((await fetch(`${app.url}/${path}`, { method: 'POST', body: form })).status).toBe(500);
}

it.each(['photo', 'photos'])('tells what was uploaded to /%s, and nothing of its content', async (path) => {
  await start('Express');
  await upload(path);
  const [captured] = await app.captured();
  expect(captured?.event.request).toMatchObject({
    body: { title: 'Holidays', password: '[masked]' },
    files: [{ fieldname: 'photo', originalname: 'beach.png', mimetype: 'image/png', size: 23 }],
  });
  expect(JSON.stringify(captured)).not.toContain('the content');
});

it('tells nothing of it where bodies are not kept', async () => {
  await start('Express', { request: { body: false } });
  await upload('photo');
  const [captured] = await app.captured();
  expect(captured?.event.request).not.toHaveProperty('files');
  expect(captured?.event.request).not.toHaveProperty('body');
});

describe.each(PLATFORMS)('on %s', (platform) => {
  const invalid = (): Promise<{ status: number }> =>
    http(`${app.url}/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"lamp": 3, "password": "hunter2", "rest":',
    });

  it('takes JSON that cannot be read for the client’s affair', async () => {
    await start(platform);
    expect((await invalid()).status).toBe(400);
    expect(await app.captured()).toEqual([]);
  });

  it('shows it without its secrets where 400 counts', async () => {
    await start(platform, { httpStatus: [400] });
    await invalid();
    const [captured] = await app.captured();
    expect(captured?.event.request).toMatchObject({ method: 'POST', url: '/orders' });
    expect(captured?.event.exceptions[0]?.facts).toMatchObject({ status: 400 });
    expect(JSON.stringify(captured)).not.toContain('hunter2');
  });

  it('keeps no body of it where bodies are not kept', async () => {
    await start(platform, { httpStatus: [400], request: { body: false } });
    await invalid();
    const [captured] = await app.captured();
    expect(captured?.event.exceptions[0]).toBeDefined();
    expect(JSON.stringify(captured)).not.toContain('lamp');
  });
});
