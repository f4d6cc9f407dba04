/** At most `count` requests in any `windowMs`. */
export interface Limit {
  readonly count: number;
  readonly windowMs: number;
}

/** Of Teams, for one bot and one conversation. */
export const THREAD_LIMITS: readonly Limit[] = [
  { count: 7, windowMs: 1_000 },
  { count: 8, windowMs: 2_000 },
  { count: 60, windowMs: 30_000 },
  { count: 1_800, windowMs: 3_600_000 },
];

const TENANT_PER_SECOND = 50;

/**
 * Of Teams, for one bot and one tenant; each of several instances takes an equal part, since none knows what the
 * others send. Beyond fifty of them a part is less than one a second.
 */
export function tenantLimits(instances: number): readonly Limit[] {
  const count = Math.floor(TENANT_PER_SECOND / instances);
  if (count >= 1) return [{ count, windowMs: 1_000 }];
  return [{ count: 1, windowMs: Math.ceil((1_000 * instances) / TENANT_PER_SECOND) }];
}
