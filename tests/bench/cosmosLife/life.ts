import type { Casework } from '../../harness/casework.ts';

/** One thing that somebody does in the life of a case, with everything that follows from it. */
interface Chapter {
  readonly name: string;
  happen(city: Casework): Promise<unknown>;
}

export const CHAPTERS: readonly Chapter[] = [
  { name: 'call, two pages', happen: ({ world, sato }) => world.says(sato, '応援 2番窓口') },
  {
    name: 'two acknowledgements',
    async happen({ world, suzuki, shimizu }) {
      await world.presses(suzuki, '向かいます');
      await world.presses(shimizu, '向かいます');
      await world.pass(2);
    },
  },
  {
    name: 'arrival',
    async happen({ world, suzuki }) {
      await world.presses(suzuki, '到着しました');
      await world.pass(2);
    },
  },
  {
    name: 'end of the call',
    async happen({ world, sato }) {
      await world.presses(sato, '対応終了');
      await world.pass(2);
    },
  },
  {
    name: 'short report, suggestion',
    async happen({ world, sato }) {
      await world.presses(sato, '報告する');
      await world.presses(sato, '送信', {
        where: '2番窓口',
        what: '大声で怒鳴られ、「殺すぞ」と言われました。',
      });
      await world.pass(2);
    },
  },
  {
    name: 'acceptance, number',
    async happen(city) {
      const { world, sato, shimizu } = city;
      await city.opens(shimizu, await world.codeOf(sato));
      await world.presses(shimizu, '受付する');
      await world.pass(2);
    },
  },
  {
    name: 'three steps of the record',
    async happen({ world, shimizu }) {
      await world.presses(shimizu, '報告を記入する');
      await world.presses(shimizu, 'いつ・どこ・だれ');
      await world.presses(shimizu, '保存して次へ', { route: 'counter', startedAt: '10:00' });
      await world.presses(shimizu, '保存して次へ', { offenderKind: 'citizen' });
      await world.presses(shimizu, '保存して終わる', { demand: '減免', opinion: '怖かった' });
      await world.pass(2);
    },
  },
  {
    name: 'end of the case',
    async happen(city) {
      const { world, sato, shimizu } = city;
      await city.opens(shimizu, await world.codeOf(sato));
      await world.presses(shimizu, '対応終了');
      await world.pass(2);
    },
  },
];
