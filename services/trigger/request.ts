import { z } from 'zod';
import type { Claimed } from '../alarm/signature.ts';
import { PAGED_LEVELS } from '../directory/escalationSchema.ts';

/** One request as it came over the wire: headers as they stood, and the bytes that were signed. */
export interface SignedRequest extends Omit<Claimed, 'body'> {
  readonly body: Uint8Array;
}

const schema = z.strictObject({
  /** `triggers[].id` of the organisation file. */
  place: z.string().regex(/^[a-z0-9][a-z0-9-]{0,79}$/),
  level: z.enum(PAGED_LEVELS).optional(),
  /** The same as in the header, for whoever keeps bodies. */
  id: z.string().optional(),
});

export type Asked = z.infer<typeof schema>;

/** Undefined for anything that is not a request. */
export function asked({ body, id }: SignedRequest): Asked | undefined {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) return undefined;
  return parsed.data.id === undefined || parsed.data.id === id ? parsed.data : undefined;
}
