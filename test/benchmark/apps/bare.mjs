import { startShop } from './shop.mjs';

await startShop([]);
