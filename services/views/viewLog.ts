import { randomUUID } from 'node:crypto';
import type { Participant } from '../calls/call.ts';
import type { Clock } from '../clock.ts';
import { type DocumentStore, StoreError } from '../store/store.ts';

/**
 * What was opened: the whole record, a step of the form with what stands in it, a suggestion with its quotes; or taken
 * out, masked, as training data.
 */
const VIEWED = ['record', 'form', 'suggestion', 'export'] as const;
export type Viewed = (typeof VIEWED)[number];

export interface View {
  readonly at: number;
  readonly by: string;
  readonly name: string;
  readonly what: Viewed;
}

export interface ViewPage {
  readonly items: readonly View[];
  readonly next?: string;
}

/** 閲覧記録: who has opened a narrative or quotes, and when. Written before anything is shown (promise 7). */
export interface ViewLog {
  /** Resolves when it is saved; nothing may be shown before. @throws StoreError */
  write(code: string, by: Pick<Participant, 'id' | 'name'>, what: Viewed): Promise<void>;
  /** Newest first. @throws StoreError `bad-cursor` */
  list(code: string, limit: number, cursor?: string): Promise<ViewPage>;
}

const TRIES = 3;

/** A document a view: the log of a case grows without end, and no two openings wait for each other. */
export function createViewLog(store: DocumentStore, clock: Pick<Clock, 'now'>): ViewLog {
  return {
    async write(code, { id, name }, what) {
      const view: View = { at: clock.now(), by: id, name, what };
      const document = {
        kind: 'view',
        id: `${code}:${randomUUID()}`,
        dueAt: null,
        terms: [`case:${code}`],
        sortAt: view.at,
        summary: view,
        body: view,
      };
      for (let tries = 1; ; tries++) {
        try {
          await store.create(document);
          return;
        } catch (error) {
          // The id is ours alone: it exists because an earlier try was written and only its answer was lost.
          if (error instanceof StoreError && error.code === 'already-exists') return;
          if (!(error instanceof StoreError) || error.code !== 'unavailable' || tries >= TRIES) throw error;
        }
      }
    },
    async list(code, limit, cursor) {
      const query = { kind: 'view', term: `case:${code}`, limit };
      const page = await store.list(cursor === undefined ? query : { ...query, cursor });
      const items = page.items.flatMap(({ summary }) => (isView(summary) ? [summary] : []));
      return page.next === undefined ? { items } : { items, next: page.next };
    },
  };
}

const isView = (value: unknown): value is View =>
  typeof value === 'object' && value !== null && 'at' in value && 'by' in value && 'what' in value;
