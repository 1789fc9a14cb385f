import { Body, Controller, Get, Headers, Post, UseGuards } from '@nestjs/common';
import { CustomersService, type Registration } from './customers.service.js';
import { MembershipGuard } from './membership.guard.js';

@Controller('customers')
export class CustomersController {
  constructor(private readonly customers: CustomersService) {}

  @Post()
  register(@Body() registration: Registration, @Headers('authorization') authorization?: string): never {
    return this.customers.register(registration, authorization);
  }

  @Get('offers')
  @UseGuards(MembershipGuard)
  offers(): { percent: number } {
    return { percent: 15 };
  }
}
