import { Controller, HttpCode, Post } from '@nestjs/common';
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
}
