import { Controller, Get, Header } from '@nestjs/common';
import { CatalogueService } from '../catalogue/catalogue.service.js';
import { homePage } from './home.page.js';

@Controller()
export class HomeController {
  constructor(private readonly catalogue: CatalogueService) {}

  @Get()
  @Header('Content-Type', 'text/html; charset=utf-8')
  async home(): Promise<string> {
    return homePage(await this.catalogue.all());
  }
}
