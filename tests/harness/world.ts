import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, type AppParts, createApp } from '../../bot/app.ts';
import type { Reply } from '../../bot/receive.ts';
import type { Alarm } from '../../services/alarm/alarm.ts';
import { createDirectory } from '../../services/directory/createDirectory.ts';
import { createLiveDirectory, type LiveDirectory } from '../../services/directory/liveDirectory.ts';
import { openOrganization, parseOrganization } from '../../services/directory/organization.ts';
import type { Log } from '../../services/log.ts';
import { cachedPeople } from '../../services/people/cachedPeople.ts';
import { createPeople } from '../../services/people/people.ts';
import type { DocumentStore } from '../../services/store/store.ts';
import { FakeChannel, type Message } from './fakeChannel.ts';
import { FakeClock, offBy } from './fakeClock.ts';
import { ORGANIZATION } from './organization.ts';
import { shownOf } from './shown.ts';
import { stores } from './stores.ts';
import { triggerSecret } from './trigger.ts';

let parsed: ReturnType<typeof openOrganization> | undefined;
/** Read once: hundreds of worlds open on it. */
const demo = () => (parsed ??= openOrganization(ORGANIZATION));

/** A Tuesday at ten in the morning, the city hall is open. */
export const OPEN_HOURS = '2026-11-24T10:00:00+09:00';

export interface WorldOptions {
  readonly at?: string;
  readonly store?: DocumentStore;
  /** Several worlds on one folder are several instances on one store. */
  readonly folder?: string;
  readonly clock?: FakeClock;
  /** By how many milliseconds the clock of this instance goes wrong. */
  readonly clockOff?: number;
  readonly channel?: FakeChannel;
  /** The second way to reach people; not said: there is none. */
  readonly alarm?: Alarm;
  /** Only saves: nothing is sent before `runDue`. */
  readonly isDormant?: boolean;
  /** What takes the place of a part of the product (a log that is read, a channel that is measured). */
  readonly parts?: Partial<AppParts>;
  /** Contents of the organisation file, else those of the demo city. */
  readonly organization?: string;
  /** Exports of training data are switched on. */
  readonly corrections?: boolean;
}

/** Of all worlds: several instances never see the same id for two activities. */
let activities = 0;

/** The whole product with a fake clock and a fake Teams; people act by typing and pressing. */
export class World {
  readonly clock: FakeClock;
  readonly channel: FakeChannel;
  readonly directory: LiveDirectory;
  readonly store: DocumentStore;
  readonly app: App;
  readonly folder: string;
  readonly logged: unknown[];
  readonly #alarm: Alarm | undefined;
  #organization: string | undefined;

  private constructor(
    parts: Pick<World, 'clock' | 'channel' | 'directory' | 'store' | 'folder'>,
    {
      organization,
      clockOff = 0,
      isDormant = false,
      alarm,
      parts: instead = {},
      corrections = false,
    }: Pick<WorldOptions, 'organization' | 'clockOff' | 'isDormant' | 'alarm' | 'parts' | 'corrections'>,
  ) {
    this.#organization = organization;
    this.#alarm = alarm;
    this.clock = parts.clock;
    this.channel = parts.channel;
    this.directory = parts.directory;
    this.store = parts.store;
    this.folder = parts.folder;
    this.logged = [];
    const keep = (fields: object, message: string) => void this.logged.push({ ...fields, message });
    const log: Log = { info: keep, warn: keep, error: keep };
    this.app = createApp({
      store: parts.store,
      clock: offBy(parts.clock, clockOff),
      log,
      directory: parts.directory,
      people: cachedPeople(createPeople(parts.store), parts.clock),
      channel: parts.channel,
      loadClassifier: async () =>
        (await import('../../services/classification/createClassifier.ts')).createClassifier(),
      serviceHosts: ['localhost'],
      alarm,
      triggerSecret,
      corrections,
      ...instead,
    });
    if (!isDormant) this.app.engine.start({ polls: false });
  }

  static async open(options: WorldOptions = {}): Promise<World> {
    const clock = options.clock ?? new FakeClock(options.at ?? OPEN_HOURS);
    const channel = options.channel ?? new FakeChannel(clock);
    const { organization } = options;
    const { organization: city } =
      organization === undefined ? await demo() : { organization: parseOrganization(organization) };
    const directory = createLiveDirectory(createDirectory(city));
    const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'mamori-')));
    const store = options.store ?? (await stores().open(folder));
    return new World({ clock, channel, directory, store, folder }, options);
  }

  /** The same store, clock and people with a new process. */
  async restart(): Promise<World> {
    await this.store.close();
    const { folder, clock, channel } = this;
    const organization = this.#organization === undefined ? {} : { organization: this.#organization };
    const alarm = this.#alarm === undefined ? {} : { alarm: this.#alarm };
    return World.open({ folder, clock, channel, ...organization, ...alarm });
  }

  /** The organisation file is written otherwise while everything runs. */
  async reorganize(edit: (yaml: string) => string): Promise<void> {
    const before = this.#organization ?? String((await demo()).bytes);
    this.#organization = edit(before);
    if (this.#organization === before) throw new Error('nothing was written otherwise');
    this.directory.replace(createDirectory(parseOrganization(this.#organization)));
    await this.app.onOrganizationChanged();
    await this.app.engine.runDue();
  }

  async close(): Promise<void> {
    await this.store.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** The person whose name or post this is, by id. */
  who(name: string): string {
    const [found] = this.directory.findByName(name);
    if (found === undefined) throw new Error(`nobody is called ${name}`);
    return found.id;
  }

  activity(from: string, fields: object): Record<string, unknown> {
    activities += 1;
    const { tenantId } = this.directory;
    return {
      id: `activity-${activities}`,
      serviceUrl: 'http://localhost:56150/_connector',
      channelId: 'msteams',
      locale: 'en-US',
      from: { id: `29:${from}`, aadObjectId: from, name: 'Client Name' },
      recipient: { id: '28:bot' },
      conversation: { id: `chat-${from}`, conversationType: 'personal', tenantId },
      channelData: { tenant: { id: tenantId } },
      ...fields,
    };
  }

  async receive(activity: unknown): Promise<Reply> {
    const reply = await this.app.receive(activity);
    await this.app.engine.runDue();
    return reply;
  }

  async installs(...people: string[]): Promise<void> {
    for (const from of people) {
      await this.receive(this.activity(from, { type: 'installationUpdate', action: 'add' }));
    }
  }

  async says(from: string, text: string): Promise<Reply> {
    return this.receive(this.activity(from, { type: 'message', text }));
  }

  /** Presses the newest button of this title that the person has on the screen; the answer replaces the card. */
  async presses(from: string, title: string, inputs: object = {}): Promise<Reply> {
    const message = this.messages(from).findLast((m) => m.card.buttons.some((b) => b.title === title));
    if (message === undefined) throw new Error(`no button ${title} on the screen:\n${this.screen(from)}`);
    return this.pressesOn(from, message, title, inputs);
  }

  async pressesOn(from: string, message: Message, title: string, inputs: object = {}): Promise<Reply> {
    const button = message.card.buttons.find((b) => b.title === title);
    if (button === undefined) throw new Error(`no button ${title} on that card:\n${message.card.text}`);
    const typed = Object.fromEntries(message.card.inputs.map((input) => [input.id, input.value]));
    const activity = this.tap(from, message.activityId, { ...button.data, ...typed, ...inputs });
    // The client applies the answer before anything that the engine sends later.
    const reply = await this.app.receive(activity);
    const body = reply.body as { type?: string; value?: object };
    if (body.type === 'application/vnd.microsoft.card.adaptive' && body.value !== undefined) {
      message.json = body.value;
      message.card = shownOf(body.value);
    }
    await this.app.engine.runDue();
    return reply;
  }

  tap(from: string, pressed: string, data: Record<string, unknown>): Record<string, unknown> {
    return this.activity(from, {
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: pressed,
      value: { action: { type: 'Action.Execute', verb: data.verb, data }, trigger: 'manual' },
    });
  }

  messages(to: string): Message[] {
    return this.channel.messages.filter((message) => message.to === to);
  }

  /** Alerting messages: what makes a phone ring. */
  alerts(to: string): Message[] {
    return this.messages(to).filter((message) => message.alert);
  }

  /** Everything a person sees in their chat, oldest first. */
  screen(to: string): string {
    return this.messages(to)
      .map((message) => `${message.card.text}\n[${message.card.buttons.map((b) => b.title).join(' | ')}]`)
      .join('\n----\n');
  }

  last(to: string): Message {
    const message = this.messages(to).at(-1);
    if (message === undefined) throw new Error(`nothing was sent to ${to}`);
    return message;
  }

  /** Lets time pass; everything that falls due on the way happens at its moment. */
  async pass(seconds: number): Promise<void> {
    const until = this.clock.now() + seconds * 1000;
    for (;;) {
      await this.app.engine.runDue();
      const next = await this.store.nextDue();
      if (next === undefined || next > until || this.clock.now() >= until) break;
      // What is due but cannot be served (an undecodable document) must not stop time.
      this.clock.set(next > this.clock.now() ? next : Math.min(until, this.clock.now() + 1_000));
    }
    this.clock.set(until);
    await this.app.engine.runDue();
  }

  /** Code of the newest case of this person. */
  async codeOf(person: string): Promise<string> {
    const page = await this.app.calls.casesOf(person, 1);
    const code = page.items[0]?.code;
    if (code === undefined) throw new Error('no case');
    return code;
  }
}
