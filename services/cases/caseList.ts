import type { CasePage } from '../calls/calls.ts';
import { type CallSummary, TERMS } from '../calls/listing.ts';
import { isOfGeneralAffairs } from '../calls/roles.ts';
import type { Clock } from '../clock.ts';
import type { Directory, PersonId } from '../directory/directory.ts';
import { listAny } from '../store/mergedList.ts';
import type { DocumentStore, Listed } from '../store/store.ts';

export const FILTERS = ['todo', 'new', 'open', 'all'] as const;
/** 要対応 (waits for General Affairs, or for this person), 未受付, 対応中, すべて. */
export type Filter = (typeof FILTERS)[number];

interface CaseQuery {
  readonly filter: Filter;
  readonly section?: string;
  /** Opened from (inclusive) and before `to`, ms. */
  readonly from?: number;
  readonly to?: number;
  readonly cursor?: string;
  readonly limit: number;
}

/** Whose cases somebody may see in a list: everybody's, or those of these sections. */
interface Scope {
  readonly isGeneralAffairs: boolean;
  readonly headed: readonly string[];
  /** Of their departments: from the acceptance on (R6). */
  readonly decided: readonly string[];
}

export interface CaseList {
  /** Whether 「事案一覧」 is for this person at all. */
  isFor(person: PersonId): boolean;
  /** Sections that can be searched by, as far as this person may. */
  sections(person: PersonId): readonly { readonly id: string; readonly name: string }[];
  /** Undefined: not for this person. @throws StoreError `bad-cursor` */
  page(person: PersonId, query: CaseQuery): Promise<CasePage | undefined>;
}

interface Parts {
  readonly store: DocumentStore;
  readonly directory: Directory;
  readonly clock: Pick<Clock, 'now'>;
}

/** 事案一覧 of General Affairs and of heads. Who sees what follows the post of this moment, not of when it was opened. */
export function createCaseList({ store, directory, clock }: Parts): CaseList {
  function scopeOf(person: PersonId): Scope | undefined {
    const { heads, departments } = directory.posts(person, clock.now());
    const isGeneralAffairs = isOfGeneralAffairs(directory, person, clock.now());
    const decided = directory.sections().filter(({ department }) => departments.includes(department));
    if (!isGeneralAffairs && heads.length === 0 && decided.length === 0) return undefined;
    return { isGeneralAffairs, headed: heads, decided: decided.map(({ id }) => id) };
  }

  return {
    isFor: (person) => scopeOf(person) !== undefined,

    sections(person) {
      const scope = scopeOf(person);
      if (scope === undefined) return [];
      return directory.sections().filter(({ id }) => isInScope(scope, id));
    },

    async page(person, query) {
      const scope = scopeOf(person);
      if (scope === undefined) return undefined;
      const { limit, cursor, from, to } = query;
      const page = await listAny(store, {
        kind: 'call',
        terms: termsOf(scope, person, query),
        limit,
        keep: (item) => isShown(scope, person, query, item),
        ...(cursor === undefined ? {} : { cursor }),
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
      });
      const items = page.items.map(({ summary }) => summary as CallSummary);
      return page.next === undefined ? { items } : { items, next: page.next };
    },
  };
}

const isInScope = ({ isGeneralAffairs, headed, decided }: Scope, section: string): boolean =>
  isGeneralAffairs || headed.includes(section) || decided.includes(section);

function termsOf(scope: Scope, person: PersonId, { filter, section }: CaseQuery): string[] {
  const term = filter === 'all' ? TERMS.all : TERMS.open;
  if (section !== undefined) return isInScope(scope, section) ? [term(section)] : [];
  if (!scope.isGeneralAffairs) return [...new Set([...scope.headed, ...scope.decided])].map(term);
  if (filter === 'todo') return [TERMS.waiting, TERMS.assigned(person)];
  return filter === 'new' ? [TERMS.new] : [term()];
}

/** Implicated persons see nothing of the case, not even that there is one. */
function isShown(scope: Scope, person: PersonId, { filter }: CaseQuery, { summary }: Listed): boolean {
  const item = summary as Partial<CallSummary> | null;
  if (item?.code === undefined || item.excluded?.includes(person)) return false;
  // Nobody deals with their own case: it waits for the others.
  const attacked = item.affected === '' ? item.caller : item.affected;
  if (filter === 'todo' && attacked === person) return false;
  if (filter === 'new' && item.phase !== 'new') return false;
  if (scope.isGeneralAffairs || scope.headed.includes(item.section ?? '')) return true;
  return item.phase !== 'new';
}
