import type { Call } from '../../services/calls/call.ts';
import type { Action, State } from '../../services/calls/roles.ts';
import type { Report } from '../../services/reports/report.ts';
import type { Stored } from '../../services/store/store.ts';
import type { View } from '../../services/views/viewLog.ts';
import { CANARY, DEEDS } from './accessDeeds.ts';
import { type City, openCity } from './city.ts';
import { shownOf } from './shown.ts';

/** Whose case it is and what has become of the city since. */
export interface Plot {
  readonly caller: (city: City) => string;
  /** What they type, one after another. */
  readonly words: readonly string[];
  /** Names of implicated persons. */
  readonly excluded?: readonly string[];
  /** The organisation file as it is written after all that. */
  readonly later?: (city: City) => (yaml: string) => string;
}

/** What somebody tried, and what came of it. */
export interface Attempt {
  /** Everything they were shown: answers and new messages. */
  readonly shown: string;
  /** The last answer as text: the one to what would have done it. */
  readonly answer: string;
  readonly call: Call;
  readonly report: Report;
  /** Added to the view log. */
  readonly views: readonly View[];
  /** Whether call, record, view log, or anything on anybody's screen is other than before. */
  readonly isUnchanged: boolean;
}

export interface Scene extends City {
  readonly code: string;
  /** 管理番号 as people type it; empty before the acceptance. */
  readonly number: string;
  readonly call: Call;
  /** Does what the action needs by the real taps; afterwards the case is put back as it was. */
  attempt(person: string, action: Action): Promise<Attempt>;
}

/** One case, brought to its state by the people of the city: it has a narrative in a report, a field and a note. */
export async function openScene(plot: Plot, state: State): Promise<Scene> {
  const city = await openCity();
  const { world, shimizu } = city;
  const caller = plot.caller(city);
  for (const words of plot.words) await world.says(caller, words);
  const [listed] = (await world.app.calls.casesOf(caller, 1)).items;
  if (listed === undefined) throw new Error(`${plot.words.join()} is no call`);
  const { code } = listed;
  const does = async (verb: string, data: object) => {
    const reply = await world.receive(world.tap(shimizu, `of-${verb}`, { verb, code, ...data }));
    if (!JSON.stringify(reply.body).includes('adaptive')) throw new Error(JSON.stringify(reply.body));
  };
  for (const name of plot.excluded ?? []) await world.says(caller, `除外 ${code} ${name}`);
  const what = `「${CANARY}」と大声で怒鳴られました。`;
  await does('report.submit', { draft: 'told', when: '今日', where: '2番窓口', what });
  await does('record.save', { step: 'events', base: 0, demand: CANARY });
  await does('work.note-save', { draft: 'note', note: CANARY });
  if (state !== 'new') await does('work.accept', {});
  if (state === 'closed') await does('work.close', { sure: true });
  if (plot.later !== undefined) await world.reorganize(plot.later(city));
  const call = await world.app.calls.read(code);
  if (call === undefined || (call.handling?.phase ?? 'new') !== state) throw new Error(`not ${state}`);
  if (call.excluded.length !== (plot.excluded ?? []).length) throw new Error('somebody was not excluded');
  const { number = null } = call.handling ?? {};
  const scene = { ...city, code, call, number: number === null ? '' : `令和8年度-000${number.n}` };
  return { ...scene, attempt: (person, action) => attempt(scene, person, action) };
}

type Setting = Omit<Scene, 'attempt'>;

let attempts = 0;

async function attempt(scene: Setting, person: string, action: Action): Promise<Attempt> {
  const { world, code } = scene;
  const before = await snapshot(scene);
  attempts += 1;
  const replies: object[] = [];
  for (const data of DEEDS[action].taps) {
    const draft = `draft-${attempts}`;
    const tap = world.tap(person, `forged-${attempts}`, { code, draft, ...data });
    replies.push((await world.receive(tap)).body);
  }
  const after = await snapshot(scene);
  const [call, report] = [await world.app.calls.read(code), await world.app.reports.read(code)];
  if (call === undefined || report === undefined) throw new Error('the case is gone');
  const messages = world.channel.messages.slice(before.messages).filter(({ to }) => to === person);
  const known = new Set(before.views.map((view) => JSON.stringify(view)));
  const isUnchanged = JSON.stringify(after) === JSON.stringify(before);
  await putBack(scene, before.documents);
  return {
    shown: [...replies, ...messages.map(({ json, summary }) => ({ json, summary }))]
      .map((part) => JSON.stringify(part))
      .join('\n'),
    answer: answerOf(replies.at(-1)),
    call,
    report,
    views: after.views.filter((view) => !known.has(JSON.stringify(view))),
    isUnchanged,
  };
}

/** Everything somebody is shown while this happens: answers, and messages that are new or other than before. */
export async function shownTo(
  { world }: Pick<Scene, 'world'>,
  person: string,
  act: () => Promise<unknown>,
): Promise<string> {
  const before = new Map(world.messages(person).map((message) => [message.activityId, message.json]));
  const answer = await act();
  const messages = world.messages(person).filter(({ activityId, json }) => before.get(activityId) !== json);
  return [answer, ...messages.map(({ json, summary }) => ({ json, summary }))]
    .map((part) => JSON.stringify(part))
    .join('\n');
}

/** Whether case, view log and every screen are afterwards what they were before. */
export async function isUnchangedBy(scene: Setting, act: () => Promise<unknown>): Promise<boolean> {
  const before = JSON.stringify(await snapshot(scene));
  await act();
  return JSON.stringify(await snapshot(scene)) === before;
}

interface Snapshot {
  readonly documents: readonly (Stored | undefined)[];
  readonly views: readonly (View & { id: string })[];
  readonly messages: number;
  readonly updates: number;
}

async function snapshot({ world, code }: Setting): Promise<Snapshot> {
  const keys = ['call', 'record'].map((kind) => ({ kind, id: code }));
  const listed = await world.store.list({ kind: 'view', term: `case:${code}`, limit: 10_000 });
  return {
    documents: await Promise.all(keys.map((key) => world.store.read(key))),
    views: listed.items.map(({ id, summary }) => ({ ...(summary as View), id })),
    messages: world.channel.messages.length,
    updates: world.channel.messages.reduce((sum, { updates }) => sum + updates, 0),
  };
}

/** The case is in the state of its scene for the next attempt as well; what was shown and logged stays. */
async function putBack({ world }: Setting, documents: readonly (Stored | undefined)[]): Promise<void> {
  for (const document of documents) {
    if (document === undefined) continue;
    const { etag, ...before } = document;
    const now = await world.store.read(before);
    if (now !== undefined && now.etag !== etag) await world.store.replace(before, now.etag);
  }
}

/** A card as its reader sees it, or the message of an error. */
export function answerOf(body: object | undefined): string {
  const { type, value } = body as { type?: string; value?: object & { message?: string } };
  if (type === 'application/vnd.microsoft.error') return value?.message ?? '';
  return value === undefined ? '' : shownOf(value).text;
}
