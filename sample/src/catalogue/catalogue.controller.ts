import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CatalogueService } from './catalogue.service.js';
import type { Product } from './product.entity.js';

@Controller('products')
export class CatalogueController {
  constructor(private readonly catalogue: CatalogueService) {}

  @Get()
  list(): Promise<Product[]> {
    return this.catalogue.all();
  }

  @Get(':sku')
  show(@Param('sku') sku: string): Promise<Product> {
    return this.catalogue.find(sku);
  }

  @Get(':sku/price')
  async price(@Param('sku') sku: string, @Query('season') season: string): Promise<{ cents: number }> {
    return { cents: await this.catalogue.seasonalPrice(sku, season) };
  }

  @Post()
  async add(@Body('sku') sku: string, @Body('name') name: string): Promise<Product> {
    return await this.catalogue.add(sku, name);
  }
}
