import { Module } from '@nestjs/common';
import { CatalogueModule } from '../catalogue/catalogue.module.js';
import { HomeController } from './home.controller.js';

@Module({ imports: [CatalogueModule], controllers: [HomeController] })
export class HomeModule {}
