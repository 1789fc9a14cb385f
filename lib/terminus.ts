export { ErrorTrackerHealthIndicator, type HealthIndicatorResult } from './health/health.indicator.js';
