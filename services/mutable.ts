/** The same shape, open to change: for the working copy inside a pure function. */
export type Mutable<T> = T extends readonly (infer E)[]
  ? Mutable<E>[]
  : T extends object
    ? { -readonly [K in keyof T]: Mutable<T[K]> }
    : T;

/**
 * A copy of what is kept as JSON, in which nothing is shared with the original, or twice within. Made for every
 * decision: several times faster than through `JSON` or `structuredClone` (which keeps shared objects shared).
 */
export function copyOf<T>(value: T): Mutable<T> {
  if (typeof value !== 'object' || value === null) return value as Mutable<T>;
  if (Array.isArray(value)) return value.map((inner) => copyOf<unknown>(inner)) as Mutable<T>;
  const copy: Record<string, unknown> = {};
  for (const key in value) {
    const inner = value[key];
    if (inner === undefined) continue;
    // A key of somebody's making must not become the prototype.
    if (key === '__proto__') Object.defineProperty(copy, key, { ...OWN, value: copyOf(inner) });
    else copy[key] = copyOf(inner);
  }
  return copy as Mutable<T>;
}

const OWN = { configurable: true, enumerable: true, writable: true };
