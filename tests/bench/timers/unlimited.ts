/** Both preloads: what is measured, without the limits of Teams. */
import './firstWrites.ts';
import '../live/unlimited.ts';
