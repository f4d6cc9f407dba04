import type { Role } from '../../services/calls/roles.ts';
import { type Line, readTable, tryEveryCell } from '../harness/accessCells.ts';
import type { Scene } from '../harness/accessScene.ts';
import { BRANCH_COUNTER, COUNTER, GUEST } from '../harness/city.ts';

/**
 * People who are several things at once, stand in for somebody, or were something until yesterday: what they may do, written
 * down one by one. N new, A accepted, C closed.
 */
const TABLE = readTable(`
               state read write write-organization add amend categories accept assign note propose close reopen views
nothing        ---   ---  ---   ---                --- ---   ---        ---    ---    ---  ---     ---   ---    ---
own            NAC   NAC  NA-   ---                NAC NAC   NA-        ---    ---    ---  ---     ---   ---    ---
own-as-manager NAC   NAC  NA-   ---                NAC NAC   NA-        ---    ---    ---  ---     ---   ---    NAC
officer        NAC   NAC  NA-   NA-                NAC NAC   NA-        N--    -A-    NAC  -A-     -A-   --C    ---
manager        NAC   NAC  NA-   NA-                NAC NAC   NA-        N--    -A-    NAC  -A-     -A-   --C    NAC
head           NAC   NAC  NA-   NA-                NAC NAC   NA-        ---    ---    NAC  ---     ---   ---    ---
decides        -AC   -AC  ---   ---                --- ---   ---        ---    ---    ---  ---     ---   ---    ---
own-call-left  NA-   ---  ---   ---                --- ---   ---        ---    ---    ---  ---     ---   ---    ---
`);

function line(who: string, may: string, person: (scene: Scene) => string, roles: Line['roles']): Line {
  const row = TABLE[may];
  if (row === undefined) throw new Error(`no line ${may}`);
  return { who, person, roles, may: row };
}

const NONE: readonly Role[] = ['none'];

/** From today on, for a week. */
const isAway =
  (...people: readonly string[]) =>
  (yaml: string) =>
    people.reduce(
      (text, person) =>
        text.replace(
          new RegExp(`(  - id: ${person}\\n(?:    .*\\n)*?    section: .*\\n)`),
          '$1    away: [{ from: 2026-11-24, to: 2026-11-30 }]\n',
        ),
      yaml,
    );

/** Takes people out of the file; the heir stands wherever else they are named. */
const leave = (people: readonly string[], heir: string) => (yaml: string) =>
  people.reduce(
    (text, person) =>
      text.replace(new RegExp(`  - id: ${person}\\n(?:    .*\\n)+`), '').replaceAll(person, heir),
    yaml,
  );

tryEveryCell(
  'the one attacked is of General Affairs, the head of the department is away',
  {
    caller: ({ sato }) => sato,
    words: ['応援 2番窓口 林さん'],
    later: ({ ikeda }) => isAway(ikeda),
  },
  [
    line('an officer who is the one attacked', 'own', ({ hayashi }) => hayashi, [
      'affected',
      'general-affairs',
    ]),
    line('a colleague who called for them', 'own', ({ sato }) => sato, ['caller']),
    line('an officer who was paged', 'officer', ({ shimizu }) => shimizu, ['responder', 'general-affairs']),
    line('the manager, who is their head as well', 'manager', ({ saito }) => saito, [
      'section-head',
      'general-affairs',
      'manager',
    ]),
    line('the absent head of the department', 'decides', ({ ikeda }) => ikeda, ['department-head']),
    line('their deputy', 'decides', ({ world }) => world.who('山田 隆'), ['department-head']),
  ],
);

tryEveryCell(
  'an officer calls for 佐藤, everybody is present',
  { caller: ({ hayashi }) => hayashi, words: ['応援 税務課2番窓口 佐藤さん'] },
  [
    line('the officer who called', 'officer', ({ hayashi }) => hayashi, ['caller', 'general-affairs']),
    line('the deputy of a present manager, who was paged', 'officer', ({ mori }) => mori, [
      'responder',
      'general-affairs',
    ]),
    line('the deputy of a present head, not called', 'nothing', ({ takahashi }) => takahashi, NONE),
    line('the head of the next section', 'nothing', ({ watanabe }) => watanabe, NONE),
    line('the head of another department', 'nothing', ({ world }) => world.who('山田 隆'), NONE),
    line('the head of the department of General Affairs', 'nothing', ({ ikeda }) => ikeda, NONE),
    line('the counter account of the section', 'nothing', () => COUNTER, NONE),
    line('a counter account elsewhere', 'nothing', () => BRANCH_COUNTER, NONE),
    line('a member of the tenant who is in no directory', 'nothing', () => GUEST, NONE),
  ],
);

tryEveryCell('the manager is attacked', { caller: ({ saito }) => saito, words: ['応援 税務課2番窓口'] }, [
  line('the manager', 'own-as-manager', ({ saito }) => saito, [
    'affected',
    'caller',
    'section-head',
    'general-affairs',
    'manager',
  ]),
  line('their deputy, who was called', 'officer', ({ mori }) => mori, ['responder', 'general-affairs']),
]);

tryEveryCell(
  'the superiors are implicated',
  {
    caller: ({ sato }) => sato,
    words: ['応援 2番窓口'],
    excluded: ['伊藤 誠', '林 大輔', '斎藤 明', '中村 浩一', '鈴木 健太'],
    // Whoever stands in for somebody implicated is not implicated.
    later: ({ saito }) => isAway(saito),
  },
  [
    line('the head of the section', 'nothing', ({ ito }) => ito, ['implicated']),
    line('an officer', 'nothing', ({ hayashi }) => hayashi, ['implicated']),
    line('the manager', 'nothing', ({ saito }) => saito, ['implicated']),
    line('the head of the department', 'nothing', ({ nakamura }) => nakamura, ['implicated']),
    line('somebody who had been paged', 'nothing', ({ suzuki }) => suzuki, ['implicated']),
    line('the deputy of the absent manager', 'manager', ({ mori }) => mori, ['general-affairs', 'manager']),
  ],
);

tryEveryCell(
  'the head of the section and the manager are away',
  { caller: ({ sato }) => sato, words: ['応援 2番窓口'], later: ({ ito, saito }) => isAway(ito, saito) },
  [
    line('the deputy of the head', 'head', ({ takahashi }) => takahashi, ['section-head']),
    line('the head', 'head', ({ ito }) => ito, ['section-head']),
    line('the deputy of the manager', 'manager', ({ mori }) => mori, ['general-affairs', 'manager']),
    line('the manager', 'manager', ({ saito }) => saito, ['general-affairs', 'manager']),
    line('an officer', 'officer', ({ hayashi }) => hayashi, ['general-affairs']),
  ],
);

tryEveryCell(
  'people have left the city hall',
  {
    caller: ({ sato }) => sato,
    words: ['応援 2番窓口'],
    later: ({ sato, suzuki, hayashi, ito, takahashi }) => leave([sato, suzuki, hayashi, ito], takahashi),
  },
  [
    line('the caller, while the call is open', 'own-call-left', ({ sato }) => sato, {
      new: ['guest'],
      accepted: ['guest'],
      closed: ['none'],
    }),
    line('somebody who had been paged', 'nothing', ({ suzuki }) => suzuki, NONE),
    line('an officer', 'nothing', ({ hayashi }) => hayashi, NONE),
    line('the head of the section', 'nothing', ({ ito }) => ito, NONE),
    line('the new head', 'head', ({ takahashi }) => takahashi, ['section-head']),
  ],
);

tryEveryCell(
  'an emergency, for two people',
  { caller: ({ takahashi }) => takahashi, words: ['緊急 2番窓口 佐藤さん', '緊急 田中さん'] },
  [
    line('the second of those attacked', 'own', ({ tanaka }) => tanaka, ['affected']),
    line('the head of the section, who was paged', 'head', ({ ito }) => ito, ['responder', 'section-head']),
  ],
);
