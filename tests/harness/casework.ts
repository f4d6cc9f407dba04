import { type City, openCity, running } from './city.ts';
import type { Message } from './fakeChannel.ts';
import type { WorldOptions } from './world.ts';

/** What people do with a case after the call, in the demo city. */
export interface Casework extends City {
  /** 佐藤 writes a short report; answers its code. */
  reported(what?: string): Promise<string>;
  /** The newest card of a person that a button of this title is on, as running text. */
  on(person: string, title: string): string;
  /** The newest card with fields, and what stands in them. */
  form(person: string): { text: string; values: Record<string, string>; message: Message };
  /** Opens the neutral card of a case by its code, as a tap of 「開く」 in a list does. */
  opens(person: string, code: string): Promise<Message>;
  /** Opens the steps of the full report: from the list, or from their own live card. */
  writes(person: string, code: string): Promise<void>;
  /** What stands in the full report now, by field. */
  values(code: string): Promise<Record<string, string>>;
}

export const WHAT = '窓口で大声で怒鳴られ、帰ってもらえませんでした。';

export async function openCasework(options: WorldOptions = {}): Promise<Casework> {
  const city = await openCity(options);
  const { world, sato, suzuki, ito, nakamura, shimizu, hayashi, saito, mori, kobayashi } = city;
  await world.installs(sato, suzuki, ito, nakamura, shimizu, hayashi, saito, mori, kobayashi);
  const withButton = (person: string, title: string): Message => {
    const found = world.messages(person).findLast((m) => m.card.buttons.some((b) => b.title === title));
    if (found === undefined) throw new Error(`no button ${title} on the screen:\n${world.screen(person)}`);
    return found;
  };
  const casework: Casework = {
    ...city,
    async reported(what = WHAT) {
      await world.says(sato, '報告');
      await world.presses(sato, '送信', { where: '2番窓口', what });
      await world.pass(2);
      return world.codeOf(sato);
    },
    on: (person, title) => running(withButton(person, title).card.text),
    form(person) {
      const message = world.messages(person).findLast((m) => m.card.inputs.length > 0);
      if (message === undefined) throw new Error(`no form on the screen:\n${world.screen(person)}`);
      const values = Object.fromEntries(message.card.inputs.map(({ id, value }) => [id, value]));
      return { text: running(message.card.text), values, message };
    },
    async opens(person, code) {
      await world.says(person, '事案一覧');
      const list = world.last(person);
      const reply = await world.receive(
        world.tap(person, list.activityId, { verb: 'work.open', code, list: '' }),
      );
      const { body } = reply as { body: { value?: object } };
      if (body.value === undefined) throw new Error(`no card: ${JSON.stringify(body)}`);
      // The stored message follows the answer, so the newest message is the case's card.
      return list;
    },
    async writes(person, code) {
      await casework.opens(person, code).catch(async () => {
        await world.says(person, code);
        await world.pass(1);
        await world.presses(person, '記録と経過');
      });
      await world.presses(person, '報告を記入する');
    },
    async values(code) {
      const { changes = [] } = (await world.app.reports.read(code)) ?? {};
      return Object.fromEntries(changes.map(({ field, value }) => [field, value]));
    },
  };
  return casework;
}
