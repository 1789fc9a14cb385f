import { Body, Controller, Get, Header, Param, ParseIntPipe, Post, Redirect } from '@nestjs/common';
import { boardPage } from './board.page.js';
import { BoardService } from './board.service.js';

@Controller('board')
export class BoardController {
  constructor(private readonly board: BoardService) {}

  @Get()
  @Header('Content-Type', 'text/html; charset=utf-8')
  async show(): Promise<string> {
    return boardPage(await this.board.all());
  }

  @Post(':id')
  @Redirect('/board', 303)
  async move(@Param('id', ParseIntPipe) id: number, @Body('column') column: string): Promise<void> {
    await this.board.move(id, column);
  }
}
