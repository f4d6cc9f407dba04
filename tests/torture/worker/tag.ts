import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { subscribe } from 'node:diagnostics_channel';
import type { Effect } from '../../../services/engine/envelope.ts';
import { pass } from './points.ts';
import { setting } from './readSetting.ts';
import { TAG_HEADER, type Tag } from './setting.ts';

const performing = new AsyncLocalStorage<Tag>();

/** What the HTTP client tells of its requests. */
interface Told {
  readonly request: {
    readonly path: string;
    /** By name and value in turn. */
    readonly headers: readonly string[];
    addHeader(name: string, value: string): void;
  };
}

/** Every request that an effect leads to says which attempt it is. */
export function markRequests(): void {
  on('undici:request:create', ({ request }) => {
    const tag = performing.getStore();
    if (tag !== undefined && request.path.includes('/conversations'))
      request.addHeader(TAG_HEADER, JSON.stringify(tag));
  });
  const isMarked = ({ request }: Told) => request.headers.includes(TAG_HEADER);
  on('undici:request:bodySent', (told) => isMarked(told) && pass('requested'));
  on('undici:request:headers', (told) => isMarked(told) && pass('answered'));
}

const on = (channel: string, heard: (told: Told) => void): void =>
  subscribe(channel, (told) => heard(told as Told));

type Register = (
  aggregate: { readonly kind: string },
  perform: (effect: Effect, state: unknown, rev: number) => Promise<unknown>,
) => unknown;

/** Around each effect of a call, between its claim and its record. */
export async function markPerforming(): Promise<void> {
  const { Engine } = await import('../../../services/engine/engine.ts');
  const engine = Engine.prototype as unknown as { register: Register };
  const register = engine.register;
  engine.register = function (this: unknown, aggregate, perform) {
    if (aggregate.kind !== 'call') return register.call(this, aggregate, perform);
    return register.call(this, aggregate, async (effect, state, rev) => {
      const { code } = state as { code: string };
      const { key, attempt } = effect;
      const tag: Tag = { worker: setting.name, code, key, attempt, claim: effect.claim ?? '' };
      pass('claimed');
      const isRung = effect.kind === 'page' || effect.kind === 'notice';
      if (setting.mutation === 'settle-before-send' && isRung) {
        return settledFirst(tag, (mine) => performing.run(mine, () => perform(effect, state, rev)));
      }
      return performing.run(tag, () => perform(effect, state, rev));
    });
  };
}

/** The defect: recorded as delivered, and sent only then. */
function settledFirst(tag: Tag, send: (tag: Tag) => Promise<unknown>): unknown {
  const id = `early-${randomUUID()}`;
  setTimeout(() => void send({ ...tag, id }).catch(() => {}), 50);
  return { kind: 'delivered', activityId: id };
}
