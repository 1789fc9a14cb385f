import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

/** Reads the membership card, and trips over a visitor who has none. */
@Injectable()
export class MembershipGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    const [number] = parseCard(request.get('x-membership-card'));
    return number !== undefined;
  }
}

function parseCard(card: string | undefined): string[] {
  if (card === undefined) throw new Error('The membership card could not be read');
  return card.split('-');
}
