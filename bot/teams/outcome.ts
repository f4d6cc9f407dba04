import { z } from 'zod';
import type { SendOutcome } from '../../services/channel.ts';

const failure = z.object({
  statusCode: z.number().optional(),
  code: z.string().optional(),
  response: z.object({ headers: z.unknown() }).optional(),
});

/** Failed before a request could have been written: certainly not delivered. */
const NOT_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** What an exception of the connector means for what was to be delivered (shared facts: Sending). */
export function outcomeOfError(error: unknown, isUpdate: boolean): SendOutcome {
  const parsed = failure.safeParse(error);
  const { statusCode, code = '', response } = parsed.success ? parsed.data : {};
  const name = error instanceof Error ? error.name : 'unknown';
  const reason = statusCode === undefined ? code || name : `HTTP ${statusCode}`;
  if (statusCode === undefined) return { kind: NOT_SENT.has(code) ? 'retry' : 'uncertain', reason };
  if (statusCode === 429 || statusCode === 412) {
    const retryAfterMs = retryAfter(response?.headers);
    return { kind: 'retry', reason, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  }
  if (statusCode >= 500 || statusCode === 408) return { kind: 'uncertain', reason };
  if (isUpdate && statusCode === 404) return { kind: 'gone', reason };
  if (statusCode === 403 || statusCode === 404) return { kind: 'unreachable', reason };
  // No token, or one that is refused: a defect of the set-up, not of the recipient. Keep the page owed.
  if (statusCode === 401) return { kind: 'retry', reason, retryAfterMs: 10_000 };
  return { kind: 'rejected', reason };
}

function retryAfter(headers: unknown): number | undefined {
  const get = (headers as { get?: (name: string) => string | undefined } | undefined)?.get;
  const value = typeof get === 'function' ? get.call(headers, 'retry-after') : undefined;
  if (value === undefined || value === null) return undefined;
  const seconds = Number(value);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.min(60_000, Math.max(0, ms)) : undefined;
}
