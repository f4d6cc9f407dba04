import { afterEach, describe, expect, jest, test } from '@jest/globals';
import type { Effect, Envelope } from '../../services/engine/envelope.ts';
import type { Document } from '../../services/store/store.ts';
import { Fleet } from '../harness/fleet.ts';
import { type Held, held } from '../harness/heldStore.ts';

// Three instances poll every second of minutes; the bound only ends a test that hangs.
jest.setTimeout(60_000);

let fleet: Fleet;
afterEach(() => fleet.close());

const who = (name: string): string => fleet.at(0).who(name);
const SATO = '佐藤 美咲';
const SUZUKI = '鈴木 健太';
const SHIMIZU = '清水 陽子';
const HAYASHI = '林 大輔';

async function installed(...names: string[]): Promise<void> {
  await fleet.at(0).installs(...names.map(who));
}

/** Calls at one instance; the others learn of it from the store. */
async function calls(): Promise<void> {
  const at = fleet.at(0);
  await at.app.receive(at.activity(who(SATO), { type: 'message', text: '応援 2番窓口' }));
}

/** Everybody whose phone rang since the start, and after how many seconds, in order. */
function rings(): { to: string; at: number }[] {
  const alerts = fleet.channel.messages.filter(({ alert }) => alert);
  const start = alerts[0]?.at ?? 0;
  return alerts.map(({ to, at }) => ({ to, at: (at - start) / 1_000 }));
}

/** What one instance with a right clock does with the same call. */
async function ringsOfOne(seconds: number): Promise<{ to: string; at: number }[]> {
  fleet = await Fleet.open({ clocks: [0] });
  await installed(SATO, SUZUKI, SHIMIZU);
  await calls();
  await fleet.pass(seconds);
  const alone = rings();
  await fleet.close();
  return alone;
}

const byPerson = (all: { to: string; at: number }[]): Record<string, number[]> =>
  Object.fromEntries(
    [...Map.groupBy(all, ({ to }) => to)].sort().map(([to, list]) => [to, list.map(({ at }) => at)]),
  );

describe('three instances on one store', () => {
  test('nobody answers for three minutes: the same pages as from one, at the same times, each once', async () => {
    const alone = byPerson(await ringsOfOne(180));
    expect(Object.values(alone).flat().length).toBeGreaterThan(10);
    fleet = await Fleet.open({ clocks: [0, 0, 0] });
    await installed(SATO, SUZUKI, SHIMIZU);
    await calls();
    await fleet.pass(180);
    expect(byPerson(rings())).toEqual(alone);
  });

  test('clocks two seconds fast and slow: the same pages, each once, none more than some seconds off', async () => {
    const alone = byPerson(await ringsOfOne(150));
    fleet = await Fleet.open({ clocks: [0, 2_000, -2_000] });
    await installed(SATO, SUZUKI, SHIMIZU);
    await calls();
    await fleet.pass(162);
    const together = byPerson(rings());
    expect(Object.keys(together)).toEqual(Object.keys(alone));
    for (const [person, times] of Object.entries(alone)) {
      const seen = together[person] ?? [];
      // Each wait may be 4 s shorter or longer: set by one clock, ended by another.
      for (const [n, at] of times.entries()) {
        const bound = 4 * (n + 2) + 1;
        expect(Math.abs((seen[n] ?? Number.NaN) - at)).toBeLessThanOrEqual(bound);
      }
      // The same page is never sent twice: repeats are at least a wait apart.
      const gaps = seen.slice(1).map((at, n) => at - (seen[n] ?? 0));
      const shortest = Math.min(...times.slice(1).map((at, n) => at - (times[n] ?? 0)));
      for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(shortest - 5);
    }
  });

  test('with clocks apart a whole case runs its course, whoever is asked', async () => {
    fleet = await Fleet.open({ clocks: [2_000, -2_000] });
    await installed(SATO, SUZUKI, SHIMIZU);
    await calls();
    await fleet.run();
    await fleet.at(1).presses(who(SUZUKI), '向かいます');
    await fleet.at(0).presses(who(SHIMIZU), '電話で支援します');
    await fleet.pass(5);
    const before = rings().length;
    await fleet.pass(120);
    // An acknowledgement holds, however the clocks go. One reminder asks whether the responder has arrived.
    const since = fleet.channel.messages.filter(({ alert }) => alert).slice(before);
    expect(since.filter(({ card }) => card.text.includes('呼んでいます'))).toEqual([]);
    await fleet.at(1).presses(who(SUZUKI), '到着しました');
    await fleet.at(0).presses(who(SATO), '対応終了');
    await fleet.pass(2);
    expect(fleet.at(1).last(who(SATO)).card.text).toContain('対応終了');
    expect(await fleet.at(1).app.calls.openCallOf(who(SATO))).toBeUndefined();
  });
});

describe('two people press at the same moment, each at another instance', () => {
  /** Both newest buttons of this title, pressed at once. */
  async function together(title: string, ...names: [string, string]): Promise<string[]> {
    const taps = names.map((name, n) => {
      const world = fleet.at(n);
      const message = world
        .messages(who(name))
        .findLast((m) => m.card.buttons.some((button) => button.title === title));
      const button = message?.card.buttons.find((b) => b.title === title);
      if (message === undefined || button === undefined) throw new Error(`no ${title} for ${name}`);
      return world.app.receive(world.tap(who(name), message.activityId, { ...button.data }));
    });
    const replies = await Promise.all(taps);
    await fleet.run();
    return replies.map(({ body }) => JSON.stringify(body));
  }

  test('two officers accept one case: one acceptance, one number; the other one is told who was first', async () => {
    fleet = await Fleet.open({ clocks: [2_000, -2_000] });
    await installed(SATO, SUZUKI, SHIMIZU, HAYASHI);
    await calls();
    await fleet.run();
    const code = await fleet.at(0).codeOf(who(SATO));
    await fleet.at(0).says(who(SATO), '対応終了');
    for (const [n, name] of [SHIMIZU, HAYASHI].entries()) {
      const world = fleet.at(n);
      await world.says(who(name), '事案一覧');
      await world.receive(
        world.tap(who(name), world.last(who(name)).activityId, { verb: 'work.open', code, list: '' }),
      );
    }
    const replies = await together('受付する', SHIMIZU, HAYASHI);
    const call = await fleet.at(1).app.calls.read(code);
    const events = call?.timeline.map(({ kind }) => kind) ?? [];
    expect(events.filter((kind) => kind === 'accepted')).toHaveLength(1);
    expect(events.filter((kind) => kind === 'numbered')).toHaveLength(1);
    const first = call?.handling?.accepted?.by.name;
    expect(replies.filter((reply) => reply.includes('受け付けています'))).toHaveLength(1);
    expect(replies.join()).toContain(first);
  });

  test('two responders offer to call the police: one does, the other one is told so', async () => {
    fleet = await Fleet.open({ clocks: [0, 0] });
    await installed(SATO, SUZUKI, SHIMIZU);
    const at = fleet.at(0);
    await at.app.receive(at.activity(who(SATO), { type: 'message', text: '緊急 2番窓口' }));
    await fleet.run();
    await fleet.at(0).presses(who(SUZUKI), '向かいます');
    await fleet
      .at(1)
      .presses(who(SHIMIZU), '向かいます')
      .catch(() => {});
    await together('私が110番します', SUZUKI, SHIMIZU);
    const code = await fleet.at(0).codeOf(who(SATO));
    const call = await fleet.at(1).app.calls.read(code);
    const claims = call?.timeline.filter(({ kind }) => kind === 'police-claimed');
    expect(claims).toHaveLength(1);
    await fleet.pass(2);
    const name = call?.police?.claimedBy?.name;
    for (const person of [SATO, SUZUKI, SHIMIZU].filter((one) => one !== name))
      expect(fleet.at(0).last(who(person)).card.text).toMatch(new RegExp(`${name}さんが(通報|110番)します`));
  });
});

describe('one of two instances is paused', () => {
  let paused: Held;

  async function openPausable(areDormant = true): Promise<void> {
    fleet = await Fleet.open({
      clocks: [0, 0],
      areDormant,
      wrap(store, n) {
        if (n > 0) return store;
        paused = held(store);
        return paused.store;
      },
    });
    await installed(SATO, SUZUKI, SHIMIZU);
  }
  /** Everything that rang for the call, also what has become neutral since. */
  const pagesOf = (name: string) =>
    fleet.channel.messages.filter(
      ({ to, alert, summary }) => to === who(name) && alert && /K-[0-9A-Z]+/.test(summary),
    );
  const outboxOf = ({ body }: Document): readonly Effect[] => (body as Envelope<unknown>).outbox;
  const claimsPage = (document: Document) =>
    document.kind === 'call' &&
    outboxOf(document).some(({ kind, claim }) => kind === 'page' && claim !== null);

  test('after its claim was written and before it sent: the other sends, it does not any more', async () => {
    await openPausable();
    await calls();
    const reached = paused.hold('after', claimsPage);
    const first = fleet.at(0).app.engine.runDue();
    await reached;
    await pauseFor(20);
    for (const name of [SUZUKI, SHIMIZU]) expect(pagesOf(name)).toHaveLength(1);
    paused.release();
    await first;
    await fleet.pass(5);
    for (const name of [SUZUKI, SHIMIZU]) expect(pagesOf(name)).toHaveLength(1);
  });

  test('when it has just saved a call, which is claimed with that: the other one sends after its claim', async () => {
    await openPausable(false);
    const reached = paused.hold('after', claimsPage);
    const saved = calls();
    await reached;
    await pauseFor(14);
    expect(pagesOf(SUZUKI)).toEqual([]);
    await pauseFor(6);
    for (const name of [SUZUKI, SHIMIZU]) expect(pagesOf(name)).toHaveLength(1);
    paused.release();
    await saved;
    await fleet.pass(5);
    for (const name of [SUZUKI, SHIMIZU]) expect(pagesOf(name)).toHaveLength(1);
    expect(fleet.at(0).screen(who(SATO))).toContain('応援を受け付けました');
  });

  test('before its claim was written: the other works at once, its own claim is refused', async () => {
    await openPausable();
    await calls();
    const reached = paused.hold('before', claimsPage);
    const first = fleet.at(0).app.engine.runDue();
    await reached;
    await fleet.at(1).app.engine.runDue();
    for (const name of [SUZUKI, SHIMIZU]) expect(pagesOf(name)).toHaveLength(1);
    paused.release();
    await first;
    for (const name of [SUZUKI, SHIMIZU]) expect(pagesOf(name)).toHaveLength(1);
  });

  test('amid a send: it may arrive twice, with one code; one card stays alive and the other one says so', async () => {
    await openPausable();
    await calls();
    let release = () => {};
    const sending = new Promise<void>((resolve) => {
      fleet.channel.before = (to) => {
        if (to !== who(SUZUKI)) return;
        fleet.channel.before = () => {};
        resolve();
        return new Promise((go) => (release = go));
      };
    });
    const first = fleet.at(0).app.engine.runDue();
    await sending;
    await pauseFor(20);
    expect(pagesOf(SUZUKI)).toHaveLength(1);
    release();
    await first;
    await fleet.pass(5);
    const pages = pagesOf(SUZUKI);
    expect(pages).toHaveLength(2);
    const [code] = /K-[0-9A-Z]+/.exec(pages[0]?.summary ?? '') ?? [''];
    for (const { summary } of pages) expect(summary).toContain(code);
    const alive = pages.filter(({ card }) => card.buttons.some(({ title }) => title === '向かいます'));
    expect(alive).toHaveLength(1);
    await fleet.at(1).presses(who(SUZUKI), '向かいます');
    await fleet.pass(2);
    expect(fleet.at(0).last(who(SATO)).card.text).toContain('鈴木 健太さんが確認・向かっています');
  });

  test('and the answer it was about to record changes nothing of what has happened since', async () => {
    await openPausable();
    await calls();
    // The result of a send that the channel took.
    const reached = paused.hold(
      'before',
      (document) => document.kind === 'call' && outboxOf(document).every(({ kind }) => kind !== 'page'),
    );
    const first = fleet.at(0).app.engine.runDue();
    await reached;
    await fleet.at(1).presses(who(SUZUKI), '向かいます');
    await pauseFor(20);
    paused.release();
    await first;
    await fleet.pass(2);
    expect(fleet.at(0).last(who(SATO)).card.text).toContain('鈴木 健太さんが確認・向かっています');
    expect(pagesOf(SUZUKI).filter(({ card }) => card.buttons.length > 0)).toHaveLength(1);
  });

  /** Only the other one lives on. */
  async function pauseFor(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second++) {
      fleet.clock.set(fleet.clock.now() + 1_000);
      await fleet.at(1).app.engine.runDue();
    }
  }
});

test('whoever switches their language at one instance and back at another has it at both', async () => {
  fleet = await Fleet.open({ clocks: [0, 0] });
  await installed(SATO);
  const [here, there] = [fleet.at(0), fleet.at(1)];
  await here.says(who(SATO), 'English');
  await there.says(who(SATO), '日本語');
  // What this instance keeps of them still says English.
  await here.says(who(SATO), 'English');
  expect(here.last(who(SATO)).card.text).toContain('Cards are now in English.');
  await fleet.pass(60);
  for (const at of [here, there]) {
    await at.says(who(SATO), 'ホーム');
    expect(at.last(who(SATO)).card.buttons.map(({ title }) => title)).toContain('日本語');
  }
});
