import { Injectable, NotFoundException, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { Product } from './product.entity.js';
import { PRODUCTS } from './products.js';

/** Prices by season. The list for winter is missing. */
const SEASONS: Readonly<Record<string, { readonly discount: { readonly percent: number } }>> = {
  summer: { discount: { percent: 10 } },
};

@Injectable()
export class CatalogueService implements OnModuleInit {
  constructor(@InjectRepository(Product) private readonly products: Repository<Product>) {}

  async onModuleInit(): Promise<void> {
    await this.products.upsert([...PRODUCTS], ['sku']);
  }

  all(): Promise<Product[]> {
    return this.products.find({ order: { id: 'ASC' } });
  }

  async find(sku: string): Promise<Product> {
    const product = await this.products.findOneBy({ sku });
    if (!product) throw new NotFoundException(`There is no lamp with the number ${sku}.`);
    return product;
  }

  /** The database refuses a number that is taken. */
  async add(sku: string, name: string): Promise<Product> {
    return await this.products.save(this.products.create({ sku, name, priceInCents: 4900, stock: 1 }));
  }

  async seasonalPrice(sku: string, season: string): Promise<number> {
    const product = await this.find(sku);
    const list = SEASONS[season] as (typeof SEASONS)[string];
    return Math.round(product.priceInCents * (1 - list.discount.percent / 100));
  }
}
