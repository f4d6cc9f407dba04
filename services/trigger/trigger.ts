import { verify } from '../alarm/signature.ts';
import type { Call, Participant } from '../calls/call.ts';
import type { Calls } from '../calls/calls.ts';
import { hasArrived } from '../calls/draft.ts';
import { isHigher } from '../calls/level.ts';
import type { Clock } from '../clock.ts';
import type { Directory, TriggerPlace } from '../directory/directory.ts';
import type { PagedLevel } from '../directory/escalationSchema.ts';
import type { Log } from '../log.ts';
import type { DocumentStore } from '../store/store.ts';
import { createPresses, type Press } from './presses.ts';
import { type Asked, asked, type SignedRequest, type Wish } from './request.ts';

/**
 * Why a request changed nothing.
 * - `malformed`: not a request. `signature`: not from a registered place. `expired`: its time is too far from ours.
 * - `revoked`: the place may not call any more. `level`: not one it may call at.
 * - `id-used`: the id of another request. `over`: sent again after its call had ended.
 * - `too-many`: calls that were opened, and ended, one after another.
 * - `not-saved`: nothing is known to be committed, so nobody is being called (promise 1). `not-known`: the same of a
 *   question.
 */
const REFUSALS = [
  'malformed',
  'signature',
  'expired',
  'revoked',
  'level',
  'id-used',
  'over',
  'too-many',
  'not-saved',
  'not-known',
] as const;
export type TriggerRefusal = (typeof REFUSALS)[number];

export type Triggered =
  /** `again`: a repeated press or request; its call is open, nothing was written. */
  | { readonly kind: 'called'; readonly how: Press['how']; readonly call: Call }
  | { readonly kind: 'state'; readonly call: Call | undefined }
  | { readonly kind: 'refused'; readonly why: TriggerRefusal };

/** Registered places call for help without Teams: a button, a telephone key, a shortcut (docs/alarm.md). */
interface Trigger {
  /** Resolves with `called` only when the call is committed. Never throws. */
  press(request: SignedRequest): Promise<Triggered>;
  /** For a lamp: the state of the place's open call. Never throws. */
  state(request: SignedRequest): Promise<Triggered>;
}

interface Parts {
  readonly calls: Calls;
  readonly store: DocumentStore;
  readonly directory: Directory;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  /** The secret of a registered place; undefined when it has none (yet, or any more). */
  readonly secretOf: (place: string) => Promise<string | undefined>;
}

/** Two presses within it are one: hands shake, and contacts bounce. */
const ONE_PRESS_MS = 60_000;
/** Calls that one place opens in a minute. Each pages people; while one is open, nothing is refused. */
const OPENED_A_MINUTE = 6;

/** A button says nothing: it calls for its own place. */
const NO_WORDS = { place: '', affectedName: null, excludedNames: [] } as const;

const refuse = (why: TriggerRefusal): Triggered => ({ kind: 'refused', why });

export function createTrigger(parts: Parts): Trigger {
  const press = createPress(parts);

  async function state(request: SignedRequest): Promise<Triggered> {
    const known = await authenticated(parts, request, 'state');
    if (typeof known === 'string') return refuse(known);
    return { kind: 'state', call: await parts.calls.openCallOf(known.from.caller.id) };
  }

  /** A store that does not answer, a file that cannot be read: nothing is known to be saved. */
  const settled =
    (wish: Wish, ask: (request: SignedRequest) => Promise<Triggered>, failed: TriggerRefusal) =>
    async (request: SignedRequest): Promise<Triggered> => {
      const { log, directory } = parts;
      try {
        const triggered = await ask(request);
        if (triggered.kind === 'refused')
          log.warn({ ...placeOf(directory, request, wish), why: triggered.why }, 'press refused');
        return triggered;
      } catch (error) {
        log.error({ ...placeOf(directory, request, wish), err: error }, 'press failed');
        return refuse(failed);
      }
    };

  return { press: settled('press', press, 'not-saved'), state: settled('state', state, 'not-known') };
}

/** Whoever cannot be read out of a request, or has not signed it, learns nothing more. */
async function authenticated(
  { directory, secretOf, clock }: Parts,
  request: SignedRequest,
  wish: Wish,
): Promise<{ from: TriggerPlace; wants: Asked } | TriggerRefusal> {
  const wants = asked(request, wish);
  if (wants === undefined) return 'malformed';
  const from = directory.triggerPlace(wants.place);
  const secret = from === undefined ? undefined : await secretOf(from.id);
  const verified = verify(secret, request, clock.now());
  if (from === undefined || verified === 'signature') return 'signature';
  if (verified === 'expired') return 'expired';
  return from.revoked ? 'revoked' : { from, wants };
}

/** Only a registered one: what strangers write does not get into the log. */
function placeOf(directory: Directory, request: SignedRequest, wish: Wish): { place?: string } {
  const place = asked(request, wish)?.place;
  return place === undefined || directory.triggerPlace(place) === undefined ? {} : { place };
}

function createPress(parts: Parts): Trigger['press'] {
  const { calls, clock, log } = parts;
  const presses = createPresses(parts.store);

  /** What came before is a help against doubles. A list that cannot be read must not keep anybody from calling. */
  async function recentOf(place: string): Promise<readonly Press[]> {
    try {
      return await presses.read(place);
    } catch (error) {
      log.warn({ place, err: error }, 'presses not read');
      return [];
    }
  }

  async function sentAgain(before: Press, level: PagedLevel): Promise<Triggered> {
    if (before.level !== level) return refuse('id-used');
    const call = await calls.read(before.code);
    return call === undefined ? refuse('over') : stillOpen(call);
  }

  /** The call is committed: from here on nothing may take the answer away. */
  async function answer(
    { id: place }: TriggerPlace,
    { id }: SignedRequest,
    level: PagedLevel,
    how: Press['how'],
    call: Call,
  ): Promise<Triggered> {
    log.info({ place, code: call.code, how }, 'called by a place');
    try {
      await presses.note(place, { id, level, code: call.code, at: clock.now(), how });
    } catch (error) {
      log.warn({ place, code: call.code, err: error }, 'press not noted');
    }
    return { kind: 'called', how, call };
  }

  return async (request) => {
    const known = await authenticated(parts, request, 'press');
    if (typeof known === 'string') return refuse(known);
    const { from, wants } = known;
    const level = wants.level ?? from.levels[0] ?? 'assist';
    if (!from.levels.includes(level)) return refuse('level');
    const recent = await recentOf(from.id);
    const same = recent.find(({ id }) => id === request.id);
    if (same !== undefined) return sentAgain(same, level);
    const open = await calls.openCallOf(from.caller.id);
    if (open !== undefined && isOnePress(open, level, recent, clock.now()))
      return answer(from, request, level, 'again', open);
    if (open === undefined && openedLately(recent, clock.now()) >= OPENED_A_MINUTE) return refuse('too-many');
    const called = await calls.call({
      by: participant(from),
      level,
      details: NO_WORDS,
      op: `trigger:${request.id}`,
    });
    // Known to the call, and not yet to the presses: the process stopped in between, or another instance is faster.
    if (called.how !== 'repeated') return answer(from, request, level, called.how, called.call);
    return stillOpen(called.call);
  };
}

/** 「呼び出しています」 would be a lie after the end: that press has had its call. */
const stillOpen = (call: Call): Triggered =>
  call.status === 'open' ? { kind: 'called', how: 'again', call } : refuse('over');

/** Help that has arrived does not answer a press that comes after it (as in `join`). */
function isOnePress(open: Call, level: PagedLevel, recent: readonly Press[], now: number): boolean {
  if (isHigher(level, open.level) || Object.values(open.lanes).some(hasArrived)) return false;
  const since = now - ONE_PRESS_MS;
  return recent.some(({ code, how, at }) => code === open.code && how !== 'again' && at > since);
}

const openedLately = (recent: readonly Press[], now: number): number =>
  recent.filter(({ how, at }) => how === 'opened' && at > now - 60_000).length;

const participant = ({ caller: { id, name, kind } }: TriggerPlace): Participant => ({ id, name, kind });
