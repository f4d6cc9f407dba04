/**
 * Preloaded into the real process (`node --import`): traces its writes, marks what it sends with the attempt it belongs
 * to, dies or stops at a given point, and carries the defect of a mutation run. Nothing of the product knows of it.
 */
import { useMutation } from './mutations.ts';
import { endWithDriver, shiftClock } from './points.ts';
import { setting } from './readSetting.ts';
import { markPerforming, markRequests } from './tag.ts';
import { traceStore } from './traceHook.ts';

endWithDriver();
shiftClock(setting.clockShiftMs);
// Before anything of the product is loaded: both change what the loader hands out.
useMutation(setting.mutation);
traceStore();
markRequests();
await markPerforming();
