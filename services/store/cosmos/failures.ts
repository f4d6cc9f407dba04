/** No answer came, or one that cannot be read. What was asked for may have been done. */
export class Unanswered extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'Unanswered';
  }
}

/** What one failed attempt means. Never holds a message of the service or the SDK: these quote what was sent. */
export interface Failure {
  readonly status: number | undefined;
  readonly subStatus: number;
  /** For the operator: `429/3200`, `ECONNRESET`. */
  readonly label: string;
  /** The same may succeed in a moment. */
  readonly isTransient: boolean;
  /** Whether a write may have happened all the same. */
  readonly maybeWritten: boolean;
  readonly retryAfterMs: number;
}

export function failureOf(error: unknown): Failure {
  const { code, substatus, name, message, retryAfterInMs, headers } = fields(error);
  const status = typeof code === 'number' ? code : undefined;
  const subStatus = typeof substatus === 'number' ? substatus : 0;
  if (status === undefined) {
    const label = error instanceof Unanswered ? String(message) : String(code ?? name ?? 'no answer');
    const isDefect = DEFECTS.has(String(name));
    return { status, subStatus, label, isTransient: !isDefect, maybeWritten: !isDefect, retryAfterMs: 0 };
  }
  return {
    status,
    subStatus,
    label: subStatus === 0 ? String(status) : `${status}/${subStatus}`,
    isTransient: isTransient(status, subStatus),
    maybeWritten: status >= 500 || status === REQUEST_TIMEOUT || status === GONE,
    retryAfterMs: milliseconds(retryAfterInMs, headers),
  };
}

/** What the SDK throws without having sent anything: it was called wrongly, and will be again. */
const DEFECTS: ReadonlySet<string> = new Set(['ErrorResponse', 'Error', 'TypeError', 'RangeError']);

const REQUEST_TIMEOUT = 408;
/** The partition moves; the gateway usually hides it. */
const GONE = 410;
/** Too many requests, and a write that collided with another one inside the service: both did nothing. */
const REFUSED_FOR_NOW: ReadonlySet<number> = new Set([429, 449]);
/** 403 while another region takes over: this one takes no writes (3), or the account is not known there yet (1008). */
const FAILOVER: ReadonlySet<number> = new Set([3, 1008]);

function isTransient(status: number, subStatus: number): boolean {
  if (status === 403) return FAILOVER.has(subStatus);
  return status >= 500 || status === REQUEST_TIMEOUT || status === GONE || REFUSED_FOR_NOW.has(status);
}

function milliseconds(retryAfterInMs: unknown, headers: unknown): number {
  const given = retryAfterInMs ?? 1_000 * Number(fields(headers)['retry-after'] ?? 0);
  return typeof given === 'number' && given > 0 ? given : 0;
}

/** Own and inherited ones: the errors of the SDK are classes. */
const fields = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
