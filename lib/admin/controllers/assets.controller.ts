import { Controller, Inject, NotFoundException, Req, Res } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { View } from './admin-route.js';
import { paramOf } from '../request.js';
import { send } from './response.js';

/**
 * Serves the stylesheet and the script. Their names change with their content, so browsers keep
 * them for ever.
 */
@Controller()
export class ErrorTrackerAssetsController {
  constructor(@Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost) {}

  @View('assets/:file')
  async asset(@Req() request: unknown, @Res() response: unknown): Promise<void> {
    const { ASSETS } = await import('../pages/assets.js');
    const file = paramOf(request, 'file');
    const asset = ASSETS.find(({ name }) => name === file);
    if (!asset) throw new NotFoundException('There is no such file.');
    const headers = {
      'Content-Type': asset.contentType,
      'Cache-Control': 'private, max-age=31536000, immutable',
    };
    send(this.adapterHost, response, { status: 200, body: asset.content, headers });
  }
}
