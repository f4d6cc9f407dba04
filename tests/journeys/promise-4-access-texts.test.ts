import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { VERBS } from '../../cards/verbs.ts';
import { STATES } from '../../services/calls/roles.ts';
import { OF_THE_CASE, says } from '../harness/accessCells.ts';
import { CANARY } from '../harness/accessDeeds.ts';
import { isUnchangedBy, openScene, type Plot, type Scene, shownTo } from '../harness/accessScene.ts';
import { BRANCH_COUNTER, GUEST } from '../harness/city.ts';

const CHANNEL = '19:general-affairs@thread.tacv2';
/** Nobody is told of a case by its code or number, in a group, or by a card that draws itself anew (promises 4 and 7). */
const PLOT: Plot = {
  caller: ({ takahashi }) => takahashi,
  words: ['応援 2番窓口 佐藤さん'],
  excluded: ['田中 由美', '松本 和夫'],
};

interface Reader {
  readonly who: string;
  readonly person: (scene: Scene) => string;
  /** In which states code and number lead to the case: N new, A accepted, C closed. */
  readonly sees: string;
  /** What 「事案一覧」 opens, and in which states the case is on the card it begins with. */
  readonly list: '事案一覧（' | '自分の事案' | '今の立場ではできません' | '職員名簿に登録がない';
  readonly finds: string;
  /** May end the call or take it back, and leave people out of it. */
  readonly acts?: true;
}

const ALL = '事案一覧（';
const OWN = '自分の事案';
const READERS: readonly Reader[] = [
  { who: 'implicated', person: ({ tanaka }) => tanaka, sees: '---', list: OWN, finds: '---' },
  { who: 'an implicated head', person: ({ matsumoto }) => matsumoto, sees: '---', list: ALL, finds: '---' },
  { who: 'affected', person: ({ sato }) => sato, sees: 'NAC', list: OWN, finds: 'NAC', acts: true },
  { who: 'caller', person: ({ takahashi }) => takahashi, sees: 'NAC', list: OWN, finds: 'NAC', acts: true },
  { who: 'responder', person: ({ suzuki }) => suzuki, sees: 'NAC', list: OWN, finds: '---', acts: true },
  { who: 'section head', person: ({ ito }) => ito, sees: 'NAC', list: ALL, finds: 'NA-' },
  { who: 'department head', person: ({ nakamura }) => nakamura, sees: '-AC', list: ALL, finds: '-A-' },
  {
    who: 'General Affairs',
    person: ({ hayashi }) => hayashi,
    sees: 'NAC',
    list: ALL,
    finds: 'NA-',
    acts: true,
  },
  { who: 'the manager', person: ({ saito }) => saito, sees: 'NAC', list: ALL, finds: 'NA-', acts: true },
  { who: 'another section head', person: ({ kobayashi }) => kobayashi, sees: '---', list: ALL, finds: '---' },
  { who: 'somebody elsewhere', person: ({ kimura }) => kimura, sees: '---', list: OWN, finds: '---' },
  {
    who: 'a counter account',
    person: () => BRANCH_COUNTER,
    sees: '---',
    list: '今の立場ではできません',
    finds: '---',
  },
  { who: 'in no directory', person: () => GUEST, sees: '---', list: '職員名簿に登録がない', finds: '---' },
];

const theDocuments = async ({ world, code }: Scene) => ({
  call: await world.app.calls.read(code),
  record: await world.app.reports.read(code),
  views: (await world.app.views.list(code, 1_000)).items.length,
});

describe.each(STATES)('what is typed about a case, %s', (state) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(PLOT, state);
  });
  afterAll(() => scene.world.close());

  /** Whoever may see the case may ask for its card anew. */
  const theCase = async () => {
    const { call, ...others } = await theDocuments(scene);
    return { ...others, call: { ...call, copies: undefined } };
  };

  test.each(READERS)('code and number, by $who', async ({ person, sees }) => {
    const { world, code, number } = scene;
    const before = await theCase();
    for (const words of [code, code.toLowerCase().replace('-', ''), ...(number === '' ? [] : [number])]) {
      const shown = await shownTo(scene, person(scene), () => world.says(person(scene), words));
      expect(shown).not.toContain(CANARY);
      if (says(sees, state)) expect(shown).toContain('2番窓口');
      else expect(shown).not.toMatch(OF_THE_CASE);
      // A number leads nobody to the code.
      if (words === number && !says(sees, state)) expect(shown).not.toContain(code);
    }
    expect(await theCase()).toEqual(before);
  });

  test.each(READERS)('事案一覧, by $who', async ({ person, list, finds }) => {
    const { world, code } = scene;
    const shown = await shownTo(scene, person(scene), () => world.says(person(scene), '事案一覧'));
    expect(shown).toContain(list);
    expect(shown.includes(code)).toBe(says(finds, state));
    expect(shown).not.toContain(CANARY);
  });

  test.each(READERS.filter(({ acts }) => acts === undefined))(
    'ending it, taking it back, leaving people out, by $who',
    async ({ person }) => {
      const { world, code } = scene;
      const before = await theCase();
      for (const words of [`対応終了 ${code}`, `除外 ${code} 鈴木 健太`, `取消 ${code}`]) {
        const shown = await shownTo(scene, person(scene), () => world.says(person(scene), words));
        expect(shown).toMatch(/関係者だけ/);
        expect(shown).not.toMatch(/紫陽花|2番窓口|佐藤|高橋|清水/);
      }
      expect(await theCase()).toEqual(before);
    },
  );
});

describe('in a group or a channel, and by itself', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(PLOT, 'accepted');
    const { world, sato, suzuki, ito, hayashi, saito } = scene;
    await world.installs(sato, suzuki, ito, hayashi, saito);
  });
  afterAll(() => scene.world.close());

  const people: readonly (readonly [string, (scene: Scene) => string])[] = [
    ['affected', ({ sato }) => sato],
    ['responder', ({ suzuki }) => suzuki],
    ['section-head', ({ ito }) => ito],
    ['general-affairs', ({ hayashi }) => hayashi],
    ['manager', ({ saito }) => saito],
  ];
  const ON_A_CASE = VERBS.filter((verb) => /^(work|record|list|suggestion|report|case|cases)\./.test(verb));
  const data = {
    draft: 'told',
    step: 'events',
    list: '',
    number: '',
    sure: true,
    labels: 'threat',
    note: 'x',
  };

  const group = (id: string, conversationType: string) => ({
    conversation: { id, conversationType, isGroup: true, tenantId: scene.world.directory.tenantId },
  });
  /** What everybody in that conversation reads, notifications included. */
  const saidIn = (id: string): string =>
    JSON.stringify(scene.world.messages(id).map(({ json, summary }) => [json, summary]));

  test.each(people)('%s: a tap there shows and changes nothing', async (_, person) => {
    const { world, code } = scene;
    for (const [id, type] of [
      ['group-1', 'groupChat'],
      [`${CHANNEL};messageid=1`, 'channel'],
    ] as const) {
      for (const verb of ON_A_CASE) {
        const before = await theDocuments(scene);
        const own = world.messages(person(scene)).length;
        const tap = { ...world.tap(person(scene), 'm', { verb, code, ...data }), ...group(id, type) };
        const { body } = await world.receive(tap);
        expect(body).toMatchObject({ statusCode: 403 });
        expect(JSON.stringify(body)).toContain('個人チャットでお答えします');
        expect(world.messages(person(scene))).toHaveLength(own);
        expect(await theDocuments(scene)).toEqual(before);
      }
      expect(saidIn(id)).toContain('個人チャットでお答えします');
      expect(saidIn(id)).not.toMatch(/紫陽花|2番窓口|佐藤|K-[0-9A-Z]{4}/);
    }
  });

  test.each(people)('%s: a code typed in a group is answered in personal chat alone', async (_, person) => {
    const { world, code, number } = scene;
    for (const text of [code, number, '事案一覧']) {
      const shown = await shownTo(scene, person(scene), () =>
        world.receive({
          ...world.activity(person(scene), { type: 'message', text }),
          ...group('group-2', 'groupChat'),
        }),
      );
      expect(shown).not.toContain(CANARY);
    }
    expect(saidIn('group-2')).toContain('個人チャットでお答えします');
    expect(saidIn('group-2')).not.toMatch(/紫陽花|2番窓口|佐藤|K-[0-9A-Z]{4}|0001/);
  });

  test.each(people)('%s: a card that refreshes by itself is answered with nothing', async (_, person) => {
    const { world, code } = scene;
    for (const verb of VERBS) {
      const tap = world.tap(person(scene), 'm', { verb, code, round: 0, ...data });
      const value = { ...(tap.value as object), trigger: 'automatic' };
      const isUnchanged = await isUnchangedBy(scene, async () => {
        const { body } = await world.receive({ ...tap, value });
        expect(body).toEqual({
          statusCode: 200,
          type: 'application/vnd.microsoft.activity.message',
          value: '',
        });
      });
      expect([verb, isUnchanged]).toEqual([verb, true]);
    }
  });
});
