import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Permission } from 'nestjs-error-tracker';

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const OWN_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Opens the dashboard to the browser on this machine, so that the sample can be tried without a
 * login.
 *
 * Do not copy it unchanged: behind a proxy on the same machine, every request comes from the
 * loopback address. Your application knows who is signed in, so ask that, for instance
 * `return action === 'view' ? user.isStaff : user.isDeveloper`.
 */
@Injectable()
export class ShopPermission extends Permission {
  allows(request: unknown): boolean {
    const { socket, hostname } = request as Request;
    // The name counts, too: a foreign page could let its own name point to this machine and read
    // along.
    return LOOPBACK.has(socket.remoteAddress ?? '') && OWN_NAMES.has(hostname);
  }
}
