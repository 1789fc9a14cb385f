import { Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { ErrorTrackerService } from 'nestjs-error-tracker';

/**
 * Tells the tracker who sent the request. Here a cookie says so; in your application the session
 * does.
 */
@Injectable()
export class VisitorMiddleware implements NestMiddleware {
  constructor(private readonly tracker: ErrorTrackerService) {}

  use(request: Request, response: Response, next: NextFunction): void {
    let visitor = /(?:^|; )visitor=(\d{1,6})/.exec(request.headers.cookie ?? '')?.[1];
    if (!visitor) {
      visitor = String(1000 + Math.floor(Math.random() * 9000));
      response.cookie('visitor', visitor, { httpOnly: true, sameSite: 'lax' });
    }
    this.tracker.setUser({ id: `customer-${visitor}` });
    next();
  }
}
