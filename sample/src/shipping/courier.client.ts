import { Injectable } from '@nestjs/common';

/** Nobody listens at this address, so `fetch` fails as it does when a partner's service is down. */
const COURIER = 'http://127.0.0.1:59321';

@Injectable()
export class CourierClient {
  async track(parcel: string): Promise<unknown> {
    const response = await fetch(`${COURIER}/parcels/${encodeURIComponent(parcel)}`);
    return response.json();
  }
}
