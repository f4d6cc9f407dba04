import { z } from 'zod';
import type { Reach, SendOutcome } from '../../services/channel.ts';
import type { Answer } from './request.ts';

/** No token, or one that is refused: a defect of the set-up, not of the recipient. Keep the page owed. */
const SET_UP_MS = 10_000;
const LONGEST_RETRY_AFTER_MS = 60_000;

/** What an answer means for what was to be delivered (docs/adr/0015). */
export function outcomeOf(answer: Answer, isUpdate: boolean, activityId?: string): SendOutcome {
  if (answer.kind !== 'answered') {
    const { kind, reason } = answer;
    if (kind === 'lost') return { kind: 'uncertain', reason };
    return { kind: 'retry', reason, ...(kind === 'no-token' ? { retryAfterMs: SET_UP_MS } : {}) };
  }
  const { status } = answer;
  if (status >= 200 && status < 300) return delivered(answer.body, activityId);
  const reason = reasonOf(answer);
  if (status === 429 || status === 412) return again(answer);
  if (status >= 500 || status === 408) return { kind: 'uncertain', reason };
  if (isUpdate && status === 404) return { kind: 'gone', reason };
  if (status === 403 || status === 404) return { kind: 'unreachable', reason };
  // A redirect would take the token elsewhere: whatever stands in between has to be mended.
  if (status === 401 || status < 400) return { kind: 'retry', reason, retryAfterMs: SET_UP_MS };
  return { kind: 'rejected', reason };
}

const withId = z.object({ id: z.string().min(1).max(500) });

/** The service knows no such conversation, or no such message in it. */
export const isUnknown = (answer: Answer): boolean => answer.kind === 'answered' && answer.status === 404;

/** Id of what was created; undefined when the answer names none. */
export const idIn = (answer: Answer): string | undefined =>
  answer.kind === 'answered' ? withId.safeParse(answer.body).data?.id : undefined;

/** A message whose id nobody knows can never be updated: it counts as one that may not be there. */
function delivered(body: unknown, activityId: string | undefined): SendOutcome {
  const id = activityId ?? withId.safeParse(body).data?.id;
  return id === undefined
    ? { kind: 'uncertain', reason: 'answer without an id' }
    : { kind: 'delivered', activityId: id };
}

function again(answer: Extract<Answer, { kind: 'answered' }>): SendOutcome {
  const retryAfterMs = retryAfter(answer.retryAfter);
  return {
    kind: 'retry',
    reason: reasonOf(answer),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(answer.status === 429 ? { why: 'throttled' } : {}),
  };
}

/** What Teams says of conversations that it refuses, by the code in its answer. */
const REFUSALS: Readonly<Record<string, Extract<Reach, { kind: 'unreachable' }>['why']>> = {
  ConversationBlockedByUser: 'blocked',
  MessageWritesBlocked: 'blocked',
  BotDisabledByAdmin: 'blocked',
  InvalidBotApiHost: 'no-address',
};

/** What an answer to creating a conversation says about the person it was to be with. */
export function reachOf(answer: Answer): Reach {
  if (answer.kind !== 'answered') return { kind: 'unknown', reason: answer.reason };
  const { status } = answer;
  if (status >= 200 && status < 300) {
    return idIn(answer) === undefined
      ? { kind: 'unknown', reason: 'answer without an id' }
      : { kind: 'reachable' };
  }
  const reason = reasonOf(answer);
  if (status === 403) {
    const why = REFUSALS[codeIn(answer.body) ?? ''] ?? 'not-installed';
    return { kind: 'unreachable', why, reason };
  }
  if (status === 400 || status === 404) return { kind: 'unreachable', why: 'unknown-person', reason };
  const retryAfterMs = retryAfter(answer.retryAfter);
  return { kind: 'unknown', reason, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

/** The code of an error, in one of the two shapes that the service uses; its text may quote what was sent. */
const code = z.string().regex(/^[A-Za-z]{1,60}$/);
const named = z.object({ error: z.object({ code }) });
const nested = z.object({ message: z.string().max(2_000) });
const inner = z.object({ subCode: code });

function codeIn(body: unknown): string | undefined {
  const plain = named.safeParse(body);
  if (plain.success) return plain.data.error.code;
  const message = nested.safeParse(body);
  if (!message.success) return undefined;
  try {
    return inner.safeParse(JSON.parse(message.data.message)).data?.subCode;
  } catch {
    return undefined;
  }
}

/** For logs and records: the status and a code, never a text. */
function reasonOf({ status, body }: Extract<Answer, { kind: 'answered' }>): string {
  const said = codeIn(body);
  return said === undefined ? `HTTP ${status}` : `HTTP ${status} ${said}`;
}

/** Milliseconds; the header says seconds or a date. */
function retryAfter(header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === '') return undefined;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.min(LONGEST_RETRY_AFTER_MS, Math.max(0, ms)) : undefined;
}
