import { z } from 'zod';
import type { Claimed } from '../alarm/signature.ts';
import { PAGED_LEVELS } from '../directory/escalationSchema.ts';

/** One request as it came over the wire: headers as they stood, and the bytes that were signed. */
export interface SignedRequest extends Omit<Claimed, 'body'> {
  readonly body: Uint8Array;
}

const common = {
  /** `triggers[].id` of the organisation file. */
  place: z.string().regex(/^[a-z0-9][a-z0-9-]{0,79}$/),
  /** The same as in the header, for whoever keeps bodies. */
  id: z.string().optional(),
};

/**
 * What may be asked, each in a body that the other one refuses: the signature does not cover the address, and a lamp's
 * question that somebody has recorded must not call for help.
 */
const SCHEMAS = {
  press: z.strictObject({ ...common, level: z.enum(PAGED_LEVELS).optional() }),
  state: z.strictObject({ ...common, ask: z.literal('state') }),
} as const;

export type Wish = keyof typeof SCHEMAS;
export type Asked = z.infer<(typeof SCHEMAS)['press']>;

/** Undefined for anything that is not a request. */
export function asked({ body, id }: SignedRequest, wish: Wish): Asked | undefined {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
  const parsed = SCHEMAS[wish].safeParse(value);
  if (!parsed.success) return undefined;
  return parsed.data.id === undefined || parsed.data.id === id ? parsed.data : undefined;
}
