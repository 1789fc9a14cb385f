import { Controller, Get, HttpCode, Post, StreamableFile } from '@nestjs/common';
import { Readable } from 'node:stream';
import { customerLines } from './customer-lines.js';
import { SalesReportJob } from './sales-report.job.js';

@Controller('reports')
export class ReportsController {
  constructor(private readonly job: SalesReportJob) {}

  @Post('sales')
  @HttpCode(202)
  start(): { started: string } {
    void this.job.run();
    return { started: 'sales report' };
  }

  @Get('customers')
  customers(): StreamableFile {
    return new StreamableFile(Readable.from(customerLines()), { type: 'text/csv' });
  }
}
