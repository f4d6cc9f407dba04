import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ACTIONS, type Action, type Role, rolesOf, STATES, type State } from '../../services/calls/roles.ts';
import { CANARY, DEEDS } from './accessDeeds.ts';
import { openScene, type Plot, type Scene } from './accessScene.ts';

/** One person of a case, with everything they may do: a line of a table, three letters an action. */
export interface Line {
  readonly who: string;
  readonly person: (scene: Scene) => string;
  /** What they are to the case, each state the same unless said otherwise. */
  readonly roles: readonly Role[] | Readonly<Record<State, readonly Role[]>>;
  readonly may: Readonly<Record<Action, string>>;
}

const LETTERS: Readonly<Record<State, string>> = { new: 'N', accepted: 'A', closed: 'C' };

/**
 * `N-C` means new and closed, not accepted. The head names the actions; a line is a name and a cell each.
 * @throws when a line is not as long as the head
 */
export function readTable(text: string): Readonly<Record<string, Readonly<Record<Action, string>>>> {
  const [head = [], ...lines] = text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  return Object.fromEntries(
    lines.map(([name = '', ...cells]) => {
      if (cells.length !== head.length || head.length !== ACTIONS.length)
        throw new Error(`${name} has ${cells.length} cells`);
      return [name, Object.fromEntries(head.map((action, at) => [action, cells[at]]))];
    }),
  ) as Record<string, Record<Action, string>>;
}

export const says = (cell: string, state: State): boolean => cell.includes(LETTERS[state]);

/** Of the case, beside its code: place, people, section. */
export const OF_THE_CASE = /2番窓口|佐藤|高橋|鈴木|清水|税務課/;

/** Whatever is refused is refused in one of these words. */
const REFUSALS = [
  'この操作ができるのは、この事案の関係者だけです。',
  'この操作は、今の立場ではできません。',
  '窓口端末からは報告できません。ご自分のTeamsから報告してください。',
  '職員名簿に登録がないため、使えるのは「緊急」「応援」「相談」だけです。',
  '古いカードのボタンでした。最新の状態はこのとおりです。',
  'ご自分の事案は、ほかの職員が処理します。',
  '先に「受付する」を押してください。',
  '対応終了の事案です。続けるときは「対応を再開する」を押してください。',
  '対応終了の事案です。書き足すときは「訂正・追記」を使ってください。',
  'この事案は対応終了になっていません。',
  '清水 陽子さんがすでに受け付けています。',
];

/** Tries every action of every line in a case of every state, each by real taps, and looks at what came of it. */
export function tryEveryCell(title: string, plot: Plot, lines: readonly Line[]): void {
  describe.each(STATES)(`${title}, %s`, (state) => {
    let scene: Scene;
    beforeAll(async () => {
      scene = await openScene(plot, state);
    });
    afterAll(() => scene.world.close());

    describe.each(lines)('$who', ({ person, roles, may }) => {
      test('is exactly that to the case', () => {
        const { call, world } = scene;
        const held = rolesOf(call, world.directory, person(scene), world.clock.now());
        const expected = isList(roles) ? roles : roles[state];
        expect([...held].sort()).toEqual([...expected].sort());
      });

      test.each(ACTIONS.map((action) => [action, says(may[action], state)] as const))(
        '%s: %s',
        async (action, isAllowed) => {
          if (isAllowed) await succeeds(scene, person(scene), action, says(may.read, state));
          else await fails(scene, person(scene), action, says(may.state, state), /[NAC]/.test(may[action]));
        },
      );
    });
  });
}

const isList = (roles: Line['roles']): roles is readonly Role[] => Array.isArray(roles);

/** Nothing but a look, which leaves the documents as they are. */
const LOOKS: readonly Action[] = ['state', 'views'];

async function succeeds(scene: Scene, person: string, action: Action, reads: boolean): Promise<void> {
  const attempt = await scene.attempt(person, action);
  expect(attempt.answer).not.toMatch(/できません|できませんでした|関係者だけ/);
  expect(DEEDS[action].isDone(attempt, person)).toBe(true);
  expect(attempt.isUnchanged).toBe(LOOKS.includes(action));
  // Neither is what was done with the record for those who may not read it, nor a word of it for anybody who only looks.
  if (action === 'state') expect(/を代筆で記入|メモ（/.test(attempt.shown)).toBe(reads);
  if (LOOKS.includes(action) || !reads) expect(attempt.shown).not.toContain(CANARY);
}

/** Sent by a form with what somebody wrote in it. */
const TYPED: readonly Action[] = ['write', 'write-organization', 'propose', 'categories'];

/** By effect: not a document, log or screen is other than before, and nothing was shown that may not be seen. */
async function fails(
  scene: Scene,
  person: string,
  action: Action,
  seesState: boolean,
  isForNow: boolean,
): Promise<void> {
  const attempt = await scene.attempt(person, action);
  expect(attempt.isUnchanged).toBe(true);
  expect(attempt.views).toEqual([]);
  expect(attempt.shown).not.toContain(CANARY);
  // Neither a form of the case nor the view log. A refused report comes back, as one without a case.
  const form = action === 'add' ? /"code"/ : /"Input\./;
  // What somebody typed who may do it in another state comes back in its form, to be sent another way or later.
  if (!(isForNow && TYPED.includes(action))) expect(attempt.shown).not.toMatch(form);
  expect(attempt.shown).not.toContain('開いた人と時刻');
  if (!seesState) expect(withoutExamples(attempt.shown)).not.toMatch(OF_THE_CASE);
  expect(REFUSALS.filter((sentence) => attempt.answer.includes(sentence))).toHaveLength(1);
}

/** The form of a report has a place of the demo city as its example. */
const withoutExamples = (shown: string): string => shown.replaceAll(/例：[^"]*/g, '');
