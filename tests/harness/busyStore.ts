import type { DocumentStore } from '../../services/store/store.ts';

export type Busy = DocumentStore & {
  /** Calls that have not been answered yet. */
  readonly underWay: number;
};

/** The same store, which tells whether somebody still waits for it. */
export function busy(store: DocumentStore): Busy {
  let underWay = 0;
  return new Proxy(store, {
    get(target, name) {
      if (name === 'underWay') return underWay;
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return async (...parameters: unknown[]) => {
        underWay += 1;
        try {
          return await method.apply(target, parameters);
        } finally {
          underWay -= 1;
        }
      };
    },
  }) as Busy;
}
