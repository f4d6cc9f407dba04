import { randomUUID } from 'node:crypto';
import type { Alarm, AlarmOutcome, AlarmSignal } from '../../services/alarm/alarm.ts';
import { signedHeaders } from '../../services/alarm/signature.ts';
import { SEND_DEADLINE_MS } from '../../services/channel.ts';
import type { Clock } from '../../services/clock.ts';

interface WebhookSettings {
  readonly url: string;
  readonly secret: string;
}

interface Parts extends WebhookSettings {
  readonly clock: Pick<Clock, 'now'>;
  /** For tests. */
  readonly deadlineMs?: number;
}

/** The `Alarm` port as a signed webhook (docs/alarm.md): one POST an attempt. */
export function createWebhookAlarm({ url, secret, clock, deadlineMs = SEND_DEADLINE_MS }: Parts): Alarm {
  return {
    async raise(signal) {
      const now = clock.now();
      const id = (signal.id ?? `${signal.reason}/${randomUUID()}`).replace(UNSIGNED, '-').slice(-ID_LENGTH);
      const body = JSON.stringify(bodyOf(signal, now));
      try {
        const response = await fetch(url, {
          method: 'POST',
          headers: signedHeaders(secret, id, body, now),
          body,
          // Followed, it would tell the signed announcement to somebody else.
          redirect: 'manual',
          signal: AbortSignal.timeout(deadlineMs),
        });
        // What the receiver says beside the status is nobody's concern.
        await response.body?.cancel().catch(() => {});
        return outcomeOf(response);
      } catch (error) {
        return outcomeOfError(error);
      }
    },
  };
}

/** Whatever an id is made of (a host's name), it can be signed (`SIGNED_ID`), and is the same each time. */
const UNSIGNED = /[^A-Za-z0-9:/_-]/g;
const ID_LENGTH = 120;

/** In a fixed order of fields, absent ones left out. */
function bodyOf({ reason, text, at, code, level, place, lane }: AlarmSignal, now: number): object {
  return { version: 1, reason, at: new Date(at ?? now).toISOString(), code, level, place, lane, text };
}

function outcomeOf({ status, headers }: Response): AlarmOutcome {
  // 409: it has this id already, from an attempt whose answer was lost.
  if ((status >= 200 && status < 300) || status === 409) return { kind: 'delivered' };
  const reason = `HTTP ${status}`;
  const retryAfterMs = retryAfter(headers.get('retry-after'));
  const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
  if (status === 429) return { kind: 'retry', reason, ...wait };
  if (status >= 500 || status === 408) return { kind: 'uncertain', reason, ...wait };
  return { kind: 'rejected', reason };
}

/** Somebody may be alone at a counter: a receiver is not left in peace for longer. */
const LONGEST_WAIT_MS = 60_000;

/** Seconds only: a date depends on the receiver's clock. */
function retryAfter(header: string | null): number | undefined {
  return header !== null && /^\d{1,6}$/.test(header)
    ? Math.min(LONGEST_WAIT_MS, Number(header) * 1000)
    : undefined;
}

/** Failed before a request could have been written: certainly not taken. */
const NOT_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

function outcomeOfError(error: unknown): AlarmOutcome {
  // Its message may quote the address; code and name do not.
  const { cause, name } = error as { cause?: { code?: unknown }; name?: unknown };
  const code = typeof cause?.code === 'string' ? cause.code : '';
  const reason = code || (typeof name === 'string' ? name : 'unknown');
  return { kind: NOT_SENT.has(code) ? 'retry' : 'uncertain', reason };
}
