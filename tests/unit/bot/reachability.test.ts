import { writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { reachabilityCommand } from '../../../bot/reachability/command.ts';
import type { Reach } from '../../../services/channel.ts';
import { openSqliteStore } from '../../../services/store/sqlite/sqliteStore.ts';
import { World } from '../../harness/world.ts';
import { useFolder } from '../store/folder.ts';

const path = useFolder();
const SUZUKI = '00000000-0000-4000-8000-000000000102';
/** Some people only, so that the check takes one batch. */
const SMALL = `
city: みなと市
tenantId: 00000000-0000-4000-8000-0000000000aa
timezone: Asia/Tokyo
helpExtension: 内線 2119
buildings:
  - { id: main, name: 本庁舎, address: 1番地, entrance: 正面, outsidePrefix: "0", evacuation: 北, hours: { mon: "08:30-17:15" } }
departments: [{ id: bu, name: 総務部, head: 00000000-0000-4000-8000-000000000303, building: main }]
sections:
  - { id: soumu, name: 総務課, department: bu, building: main, floor: 1, head: 00000000-0000-4000-8000-000000000303 }
people:
  - { id: ${SUZUKI}, name: 鈴木 健太, section: soumu }
  - { id: 00000000-0000-4000-8000-000000000303, name: 斎藤 明, section: soumu }
generalAffairs: { section: soumu, manager: 00000000-0000-4000-8000-000000000303 }
duty: [{ section: soumu, lane: second, people: [{ person: ${SUZUKI} }] }]
escalation:
  - when: { levels: [advice, assist, emergency] }
    second: [{ who: [duty], wait: 30 }]
    generalAffairs: [{ who: [general-affairs, general-affairs-manager], wait: 30 }]
`;

let environment: Record<string, string>;
let answers: Record<string, Reach>;
const run = (args: readonly string[] = []) =>
  reachabilityCommand(args, environment, () => ({
    reach: async (person) => answers[person] ?? { kind: 'reachable' },
  }));

beforeEach(async () => {
  answers = {};
  writeFileSync(path('organization.yaml'), SMALL);
  await (await openSqliteStore({ path: path('mamori.sqlite') })).close();
  environment = {
    MAMORI_MODE: 'local',
    MAMORI_DATA: path(),
    MAMORI_ORGANIZATION: path('organization.yaml'),
  };
});

describe('npm run reachability', () => {
  test('0 when everybody can be paged', async () => {
    const { code, text } = await run();
    expect(code).toBe(0);
    expect(text).toContain('2 人のうち、届く 2 人、届かない 0 人、確かめられない 0 人');
    expect(text).not.toContain('直し方');
  });

  test('1 with who, why and the mend when somebody cannot', async () => {
    answers = { [SUZUKI]: { kind: 'unreachable', why: 'blocked', reason: '403' } };
    const { code, text } = await run();
    expect(code).toBe(1);
    expect(text).toMatch(/鈴木 健太 +総務課の応援職員の当番.*まもりがブロックされています/);
    expect(text).toContain('- まもりがブロックされています: Teams で「まもり」とのチャットを開き');
  });

  test('1 when it could not be told', async () => {
    answers = { [SUZUKI]: { kind: 'unknown', reason: '503' } };
    const { code, text } = await run();
    expect(code).toBe(1);
    expect(text).toContain('確かめられない 1 人');
  });

  test('1 when what is kept of somebody is damaged: what was found now could not be kept either', async () => {
    await run();
    const database = new DatabaseSync(path('mamori.sqlite'));
    database.prepare(`UPDATE documents SET body = '{' WHERE kind = 'reach' AND id = ?`).run(SUZUKI);
    database.close();
    const { code, text } = await run();
    expect(code).toBe(1);
    expect(text).toContain('届く 1 人、届かない 0 人、確かめられない 1 人');
  });

  test('2 for settings, an organisation file and a place that are wrong, or an argument', async () => {
    expect(await run(['x'])).toMatchObject({ code: 2, text: expect.stringContaining('使い方') });
    environment.MAMORI_DATA = path('elsewhere');
    expect(await run()).toMatchObject({ code: 2, text: expect.stringContaining('MAMORI_DATA') });
    environment.MAMORI_DATA = path();
    writeFileSync(path('organization.yaml'), 'city: 1');
    expect(await run()).toMatchObject({ code: 2, text: expect.stringContaining('organization.yaml') });
    delete environment.MAMORI_ORGANIZATION;
    expect(await run()).toMatchObject({ code: 2, text: expect.stringContaining('MAMORI_ORGANIZATION') });
  });

  test('beside a bot: it starts nothing, and what it finds is news at the next check of the day', async () => {
    const store = await openSqliteStore({ path: path('mamori.sqlite') });
    const world = await World.open({
      folder: path(),
      store,
      organization: SMALL,
      at: '2026-11-23T17:00:00+09:00',
    });
    try {
      await world.app.onOrganizationChanged();
      const before = (await world.app.reach.overview()).city;
      answers = { [SUZUKI]: { kind: 'unreachable', why: 'not-installed', reason: '403' } };
      await run();
      expect((await world.app.reach.overview()).city).toEqual(before);
      expect((await world.app.reach.overview()).unreached.map(({ person }) => person.name)).toEqual([
        '鈴木 健太',
      ]);
      world.channel.unreachable.add(SUZUKI);
      await world.pass(8 * 86_400);
      const told = world.messages('00000000-0000-4000-8000-000000000303');
      expect(told.filter(({ card }) => card.text.includes('届かない職員'))).toHaveLength(1);
    } finally {
      await store.close();
    }
  });
});
