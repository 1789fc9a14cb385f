import { Module } from '@nestjs/common';
import { ReportsController } from './reports.controller.js';
import { SalesReportJob } from './sales-report.job.js';

@Module({ controllers: [ReportsController], providers: [SalesReportJob] })
export class ReportsModule {}
