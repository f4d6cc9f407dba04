import type { Document, DocumentStore } from '../../services/store/store.ts';

/** A moment at which a process can be paused: right before a write, or after it and before its answer is looked at. */
type Moment = 'before' | 'after';

export interface Held {
  readonly store: DocumentStore;
  /** The next write that `which` says stops at this moment. Resolves when it stands there. */
  hold(moment: Moment, which: (document: Document) => boolean): Promise<void>;
  /** Goes on. */
  release(): void;
}

/** A store whose owner can be stopped at a write, as a process that is paused there. */
export function held(inner: DocumentStore): Held {
  let waiting: { moment: Moment; which: (document: Document) => boolean; reached: () => void } | undefined;
  let release = () => {};

  async function pauseAt(moment: Moment, document: Document): Promise<void> {
    if (waiting?.moment !== moment || !waiting.which(document)) return;
    const { reached } = waiting;
    waiting = undefined;
    const paused = new Promise<void>((resolve) => {
      release = resolve;
    });
    reached();
    await paused;
  }

  const store = new Proxy(inner, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      if (name !== 'create' && name !== 'replace') return method.bind(target);
      return async (document: Document, etag: string) => {
        await pauseAt('before', document);
        const written = await (name === 'create' ? target.create(document) : target.replace(document, etag));
        await pauseAt('after', document);
        return written;
      };
    },
  });
  return {
    store,
    hold: (moment, which) =>
      new Promise((reached) => {
        waiting = { moment, which, reached };
      }),
    release: () => release(),
  };
}
