import { Controller, Get, Header } from '@nestjs/common';
import { SCRIPT } from './script.js';
import { ICON, STYLE } from './style.js';

@Controller()
export class AssetsController {
  @Get('shop.css')
  @Header('Content-Type', 'text/css; charset=utf-8')
  style(): string {
    return STYLE;
  }

  @Get('shop.js')
  @Header('Content-Type', 'text/javascript; charset=utf-8')
  script(): string {
    return SCRIPT;
  }

  @Get('icon.svg')
  @Header('Content-Type', 'image/svg+xml')
  icon(): string {
    return ICON;
  }
}
