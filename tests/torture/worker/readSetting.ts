import type { WorkerSetting } from './setting.ts';

export const setting = JSON.parse(process.env.MAMORI_TORTURE ?? '{}') as WorkerSetting;
