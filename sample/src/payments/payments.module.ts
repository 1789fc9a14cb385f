import { Module } from '@nestjs/common';
import { CardTerminal } from './card-terminal.js';
import { Ledger } from './ledger.js';
import { PaymentsService } from './payments.service.js';

@Module({ providers: [PaymentsService, CardTerminal, Ledger], exports: [PaymentsService] })
export class PaymentsModule {}
