import { Module, type MiddlewareConsumer, type NestModule } from '@nestjs/common';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { BoardModule } from './board/board.module.js';
import { CustomersModule } from './customers/customers.module.js';
import { VisitorMiddleware } from './customers/visitor.middleware.js';
import { CatalogueModule } from './catalogue/catalogue.module.js';
import { HomeModule } from './home/home.module.js';
import { InventoryModule } from './inventory/inventory.module.js';
import { MailboxModule } from './mailbox/mailbox.module.js';
import { OrdersModule } from './orders/orders.module.js';
import { PagesModule } from './pages/pages.module.js';
import { ReportsModule } from './reports/reports.module.js';
import { ShopDatabaseModule } from './shop-database.module.js';
import { TrackingModule } from './tracking/tracking.module.js';

@Module({
  imports: [
    EventEmitterModule.forRoot(),
    TrackingModule,
    ShopDatabaseModule,
    CatalogueModule,
    InventoryModule,
    CustomersModule,
    OrdersModule,
    ReportsModule,
    MailboxModule,
    BoardModule,
    PagesModule,
    HomeModule,
  ],
})
export class AppModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(VisitorMiddleware).forRoutes('*path');
  }
}
