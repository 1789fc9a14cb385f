export { exposeMetrics } from './health/metrics.js';
