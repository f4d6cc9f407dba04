import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Call } from '../../../services/calls/call.ts';
import { type CallSummary, listingOf, TERMS } from '../../../services/calls/listing.ts';
import { createDirectory } from '../../../services/directory/createDirectory.ts';
import { type Directory, LANES } from '../../../services/directory/directory.ts';
import { loadOrganization } from '../../../services/directory/organization.ts';
import { always as alwaysIn } from '../../harness/histories.ts';
import { ORGANIZATION } from '../../harness/organization.ts';

let directory: Directory;
beforeAll(async () => {
  directory = createDirectory(await loadOrganization(ORGANIZATION));
});

/** Runs random histories and checks `holds` on every state on the way; each kind of state has to come up. */
function always(holds: (call: Call, terms: readonly string[], summary: CallSummary) => string): void {
  const kinds = new Map<string, number>();
  alwaysIn(
    () => directory,
    ({ call }) => {
      const { terms, summary } = listingOf(call);
      const kind = holds(call, terms, summary as CallSummary);
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    },
    { runs: 100, handling: 8 },
  );
  expect(Math.min(...kinds.values())).toBeGreaterThan(20);
}

const isOver = ({ handling, status, reported }: Call): boolean => {
  const phase = handling?.phase ?? 'new';
  return phase === 'closed' || (phase === 'new' && status === 'cancelled' && !reported);
};

describe('where lists find a case, whatever has happened to it', () => {
  test('among all and those of its section always, among the open ones until it is over', () => {
    always((call, terms) => {
      const section = call.section ?? '';
      expect(terms).toContain(TERMS.all());
      expect(terms.includes(TERMS.open())).toBe(!isOver(call));
      const ofSection = terms.filter((term) => /^(all|open):/.test(term) && !term.endsWith(':*'));
      const expected = isOver(call) ? [TERMS.all(section)] : [TERMS.all(section), TERMS.open(section)];
      expect(ofSection.sort()).toEqual(section === '' ? [] : expected.sort());
      return isOver(call) ? 'over' : 'open';
    });
  });

  test('未受付 exactly while nobody has accepted it', () => {
    always((call, terms) => {
      const isNew = (call.handling?.phase ?? 'new') === 'new';
      expect(terms.includes(TERMS.new)).toBe(isNew && !isOver(call));
      return isNew ? 'new' : 'not new';
    });
  });

  test('要対応 of exactly one: whoever has it, else General Affairs; of nobody when it is over', () => {
    always((call, terms) => {
      const { phase = 'new', assignee = null } = call.handling ?? {};
      const todo = terms.filter((term) => term.startsWith('todo:'));
      if (isOver(call)) {
        expect(todo).toEqual([]);
        return 'over';
      }
      const has = phase === 'accepted' ? assignee : null;
      expect(todo).toEqual([has === null ? TERMS.waiting : TERMS.assigned(has.id)]);
      return has === null ? 'waits' : 'given';
    });
  });

  test('of the caller and the affected person always; of whoever was paged while it is open; each once', () => {
    always((call, terms) => {
      expect(new Set(terms).size).toBe(terms.length);
      const mine = new Set([call.caller.id, call.affected?.id ?? '']);
      mine.delete('');
      expect(terms.filter((term) => term.startsWith('mine:'))).toEqual([...mine].map((id) => `mine:${id}`));
      const paged = LANES.flatMap((lane) => Object.keys(call.lanes[lane].people)).map((id) => `paged:${id}`);
      const found = terms.filter((term) => term.startsWith('paged:'));
      expect(found).toEqual(call.status === 'open' ? paged : []);
      return call.status === 'open' ? 'open' : 'ended';
    });
  });

  test('shows the state as it is, and who must not see it', () => {
    always((call, _terms, summary) => {
      const { phase = 'new', number = null, assignee = null } = call.handling ?? {};
      expect(summary).toMatchObject({ phase, number, level: call.level, status: call.status });
      expect(summary.assignee?.id).toBe(assignee?.id);
      expect(summary.excluded).toEqual(call.excluded);
      return phase;
    });
  });
});
