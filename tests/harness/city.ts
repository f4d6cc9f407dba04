import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Message } from './fakeChannel.ts';
import { World, type WorldOptions } from './world.ts';

const NAMES = {
  sato: '佐藤 美咲',
  suzuki: '鈴木 健太',
  takahashi: '高橋 直樹',
  tanaka: '田中 由美',
  ito: '伊藤 誠',
  nakamura: '中村 浩一',
  watanabe: '渡辺 亮',
  yamamoto: '山本 彩',
  kobayashi: '小林 真理',
  kato: '加藤 翔',
  satoIchiro: '佐藤 一郎',
  matsumoto: '松本 和夫',
  inoue: '井上 舞',
  kimura: '木村 拓',
  shimizu: '清水 陽子',
  hayashi: '林 大輔',
  saito: '斎藤 明',
  mori: '森 智子',
  ikeda: '池田 進',
} as const;
type Name = keyof typeof NAMES;

export const COUNTER = '00000000-0000-4000-8000-000000000901';
export const BRANCH_COUNTER = '00000000-0000-4000-8000-000000000902';
/** A member of the tenant whom the directory does not know. */
export const GUEST = '00000000-0000-4000-8000-0000000000ff';

/** Durability is not what journeys are about: without waiting for a disk they take a quarter of the time. */
export const quickFolder = (): Promise<string> =>
  mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'mamori-'));

export type City = { readonly world: World } & Readonly<Record<Name, string>> & Views;

interface Views {
  /** Whose phone rings (name, or `channel`) while this happens, sorted; twice when it rings twice. */
  ring(act: () => Promise<unknown>): Promise<string[]>;
  /** The newest card of a person as running text. */
  card(person: string): string;
  /** Its buttons, in order. */
  buttons(person: string): string[];
  /** Seconds after the first message at which a person was alerted. */
  alertedAt(person: string, from: number): number[];
}

/** The demo city みなと市 with its people by name. */
export async function openCity(options: WorldOptions = {}): Promise<City> {
  const world = await World.open({ ...options, folder: options.folder ?? (await quickFolder()) });
  const ids = Object.fromEntries(
    Object.entries(NAMES).map(([key, name]) => [key, world.who(name)]),
  ) as Record<Name, string>;
  return { world, ...ids, ...viewsOf(world, ids) };
}

function viewsOf(world: World, ids: Record<Name, string>): Views {
  const keys = new Map(Object.entries(ids).map(([key, id]) => [id, key]));
  const { generalAffairsChannel } = world.directory;
  const nameOf = ({ to }: Message) => (to === generalAffairsChannel ? 'channel' : (keys.get(to) ?? to));
  return {
    async ring(act) {
      const before = world.channel.messages.length;
      await act();
      const since = world.channel.messages.slice(before).filter(({ alert }) => alert);
      return since.map(nameOf).sort();
    },
    card: (person) => running(world.last(person).card.text),
    buttons: (person) => world.last(person).card.buttons.map(({ title }) => title),
    alertedAt: (person, from) => world.alerts(person).map(({ at }) => (at - from) / 1000),
  };
}

/** Lines joined: how a card is divided into runs of text is not what people notice. */
export const running = (text: string): string => text.replaceAll('\n', '');
