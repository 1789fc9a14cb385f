import type { DeliveryHealthSnapshot } from '../../upkeep/delivery-health.js';

/** Where the dashboard learns how the tracker itself is doing. */
export abstract class HealthSource {
  /** Plain data. Numbers under a name that ends in `At` are epoch milliseconds. Never throws. */
  abstract snapshot(): DeliveryHealthSnapshot;
}
