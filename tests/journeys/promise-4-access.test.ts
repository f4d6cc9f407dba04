import { describe, expect, test } from '@jest/globals';
import { ACTIONS, isAllowed, isForOthers, ROLES, type Role, STATES } from '../../services/calls/roles.ts';
import { type Line, readTable, says, tryEveryCell } from '../harness/accessCells.ts';
import type { Scene } from '../harness/accessScene.ts';
import { COUNTER, GUEST } from '../harness/city.ts';

/**
 * Who may do what, written down a second time from the issue and the domain, not from the code: N new, A accepted, C closed.
 * A change of the rules is made in both places, on purpose.
 */
const TABLE = readTable(`
                 state read write write-organization add amend categories accept assign note propose close reopen views
implicated       ---   ---  ---   ---                --- ---   ---        ---    ---    ---  ---     ---   ---    ---
guest            NAC   ---  ---   ---                --- ---   ---        ---    ---    ---  ---     ---   ---    ---
counter          NAC   ---  ---   ---                --- ---   ---        ---    ---    ---  ---     ---   ---    ---
affected         NAC   NAC  NA-   ---                NAC NAC   NA-        ---    ---    ---  ---     ---   ---    ---
caller           NAC   NAC  NA-   ---                NAC NAC   NA-        ---    ---    ---  ---     ---   ---    ---
responder        NAC   ---  ---   ---                NAC ---   ---        ---    ---    ---  ---     ---   ---    ---
section-head     NAC   NAC  NA-   NA-                NAC NAC   NA-        ---    ---    NAC  ---     ---   ---    ---
department-head  -AC   -AC  ---   ---                --- ---   ---        ---    ---    ---  ---     ---   ---    ---
general-affairs  NAC   NAC  NA-   NA-                NAC NAC   NA-        N--    -A-    NAC  -A-     -A-   --C    ---
manager          NAC   NAC  NA-   NA-                NAC NAC   NA-        N--    -A-    NAC  -A-     -A-   --C    NAC
none             ---   ---  ---   ---                --- ---   ---        ---    ---    ---  ---     ---   ---    ---
`);

/** What the organisation does with a case, nobody does with their own (R6: 被害者 never acts on the case). */
const NOT_ON_ONES_OWN = ['accept', 'assign', 'close', 'note', 'propose', 'reopen', 'write-organization'];

describe('the table of the code is the one that was agreed', () => {
  test('has the same roles and no other', () => {
    expect(Object.keys(TABLE).sort()).toEqual([...ROLES].sort());
  });

  test.each(ROLES)('%s', (role) => {
    const code = ACTIONS.flatMap((action) =>
      STATES.filter((state) => isAllowed(role, action, state)).map((state) => `${action} ${state}`),
    );
    const agreed = ACTIONS.flatMap((action) =>
      STATES.filter((state) => says(TABLE[role]?.[action] ?? '', state)).map((state) => `${action} ${state}`),
    );
    expect(code).toEqual(agreed);
  });

  test('the same actions are for others', () => {
    expect(ACTIONS.filter(isForOthers).sort()).toEqual(NOT_ON_ONES_OWN);
  });
});

function line(role: Role, person: (scene: Scene) => string, roles: Line['roles'] = [role]): Line {
  const may = TABLE[role];
  if (may === undefined) throw new Error(`no line of ${role}`);
  return { who: role, person, roles, may };
}

/** A colleague calls for somebody, so that each role is another person. */
tryEveryCell(
  '高橋 calls for 佐藤 and leaves 田中 out',
  { caller: ({ takahashi }) => takahashi, words: ['応援 2番窓口 佐藤さん'], excluded: ['田中 由美'] },
  [
    line('implicated', ({ tanaka }) => tanaka),
    line('affected', ({ sato }) => sato),
    line('caller', ({ takahashi }) => takahashi),
    line('responder', ({ suzuki }) => suzuki),
    line('section-head', ({ ito }) => ito),
    line('department-head', ({ nakamura }) => nakamura),
    line('general-affairs', ({ hayashi }) => hayashi),
    line('manager', ({ saito }) => saito, ['general-affairs', 'manager']),
    line('none', ({ kimura }) => kimura),
  ],
);

tryEveryCell('a counter account calls', { caller: () => COUNTER, words: ['応援'] }, [
  line('counter', () => COUNTER),
]);

tryEveryCell(
  'somebody who is not in the directory calls',
  { caller: () => GUEST, words: ['応援 税務課 2番窓口'] },
  [line('guest', () => GUEST)],
);
