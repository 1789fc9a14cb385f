import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BoardController } from './board.controller.js';
import { BoardService } from './board.service.js';
import { Ticket } from './ticket.entity.js';

@Module({
  imports: [TypeOrmModule.forFeature([Ticket])],
  controllers: [BoardController],
  providers: [BoardService],
  exports: [BoardService],
})
export class BoardModule {}
