/** A stored body of some version, before anything is known about its shape. */
export type Body = Readonly<Record<string, unknown>> & { readonly schemaVersion: number };

/**
 * Makes a body of the next version. Pure, and harmless on what has that shape already: while two versions of the
 * program run side by side, the older one writes documents back that the newer one has upgraded before.
 */
type Step = (kind: string, body: Body) => Body;

/** The shape of what the engine stores, over time (docs/adr/0014). */
export interface Schema {
  /** What this program writes. */
  readonly version: number;
  /** The oldest program that may serve what this one writes. */
  readonly readableFrom: number;
  /** `steps[0]` leads from version 1 to 2, and so on. A released one is never edited: append another. */
  readonly steps: readonly Step[];
}

export const CURRENT: Schema = { version: 1, readableFrom: 1, steps: [] };

/** The body in the shape of `schema`. One of a newer program stays as it is. */
export function upgraded(kind: string, body: Body, { version, readableFrom, steps }: Schema): Body {
  if (body.schemaVersion >= version) return body;
  const missing = steps.slice(Math.max(0, body.schemaVersion - 1), version - 1);
  const shaped = missing.reduce((before, step) => step(kind, before), body);
  return { ...shaped, schemaVersion: version, readableFrom };
}
