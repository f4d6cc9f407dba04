import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { unleash } from './chaos.ts';
import { type City, makeCity } from './city.ts';
import { Fleet } from './fleet.ts';
import { Logs } from './logs.ts';
import type { Options } from './options.ts';
import { cardsOf } from './oracle/cards.ts';
import { judgeAll } from './oracle/judge.ts';
import { openPlace } from './place.ts';
import { Ask } from './play/ask.ts';
import { CasePlay } from './play/casePlay.ts';
import type { CaseJournal } from './play/journal.ts';
import { Person } from './play/person.ts';
import { drawPlans, type Plan } from './play/plan.ts';
import { Random } from './random.ts';
import { type Report, reportOf } from './report.ts';
import { SinkWeather } from './sink/faults.ts';
import { Sink } from './sink/sink.ts';

/** How long after everything has calmed down something may still be under way. */
const SETTLES_MS = 75_000;
/** What a mutation has lost does not come. */
const MUTATED_SETTLES_MS = 25_000;
const QUIET_MS = 4_000;
const INSTALLS_AT_ONCE = 16;

/** One run: a city, its workers, their misfortune, and the account of it. */
export async function run(options: Options, seed: string): Promise<Report> {
  const folder = await folderFor(options, seed);
  const random = new Random(seed);
  const city = makeCity(random.fork('city'), options.cases);
  const organization = join(folder, 'organization.yaml');
  await writeFile(organization, city.yaml);
  const weather = new SinkWeather(random.fork('weather'));
  const sink = await Sink.open({ weather, unreachable: city.unreachable, channel: city.channel });
  const place = await openPlace(options.store, folder, seed);
  const logs = new Logs(join(folder, 'workers.log'));
  const fleet = new Fleet({
    size: options.workers,
    random: random.fork('fleet'),
    place,
    organization,
    folder,
    mutation: options.mutation,
    isDoomed: options.kills > 0,
    onLog: (worker, line) => logs.take(worker, line),
    onNote: (worker, what) => logs.note(worker, what),
  });
  const onNote = (worker: string, what: string) => logs.note(worker, what);
  const endAtOnce = () => {
    fleet.abandon();
    process.exit(3);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, endAtOnce);
  const ask = new Ask({ fleet, random: random.fork('ask'), onNote });
  const people = peopleOf({ sink, ask, city });
  try {
    await fleet.start();
    await installAll(city, people);
    await people(city.staff[0] ?? '').installInChannel();
    weather.begin();
    const plans = drawPlans(city, options, random.fork('plans'));
    const lastsMs = (options.cases / options.rate) * 1_000 + options.caseMs / 2;
    const stop = unleash(fleet, random.fork('chaos'), options.kills, lastsMs);
    const plays = await playAll(plans, people, sink);
    stop();
    weather.isCalm = true;
    const storeFaults = await place.calm();
    await fleet.calm();
    const journals = plays.map(({ journal }) => journal);
    await settled(
      () => isAtRest(journals, sink, city),
      sink,
      options.mutation === undefined ? SETTLES_MS : MUTATED_SETTLES_MS,
    );
    await writeFile(join(folder, 'messages.jsonl'), sink.messages.map(jsonLine).join(''));
    await writeFile(join(folder, 'journals.jsonl'), journals.map(jsonLine).join(''));
    return reportOf({
      seed,
      folder,
      city,
      plans,
      journals,
      sink,
      weather,
      storeFaults,
      fleet,
      ask,
      logs,
    });
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, endAtOnce);
    await fleet.close();
    await sink.close();
    await place.close();
    await logs.close();
  }
}

const jsonLine = (value: object): string => `${JSON.stringify(value)}\n`;

/** Nothing is missing, and everybody's card is right. */
const isAtRest = (journals: readonly CaseJournal[], sink: Sink, city: City): boolean =>
  judgeAll(journals, { sink, city, now: Date.now() }).every(({ verdict }) => verdict !== 'missing') &&
  journals.every((journal) => cardsOf(journal, sink, city).every(({ isStale }) => !isStale));

function peopleOf(parts: ConstructorParameters<typeof Person>[1]): (id: string) => Person {
  const known = new Map<string, Person>();
  return (id) => {
    const person = known.get(id) ?? new Person(id, parts);
    known.set(id, person);
    return person;
  };
}

/** Everybody has the app before anything goes wrong. */
async function installAll({ staff, buildings }: City, person: (id: string) => Person): Promise<void> {
  const left = [...staff, ...buildings.flatMap(({ callers }) => callers)];
  const installing = async () => {
    for (let id = left.pop(); id !== undefined; id = left.pop()) await person(id).install();
  };
  await Promise.all(Array.from({ length: INSTALLS_AT_ONCE }, installing));
}

async function playAll(
  plans: readonly Plan[],
  person: (id: string) => Person,
  sink: Sink,
): Promise<readonly CasePlay[]> {
  const byCode = new Map<string, CasePlay>();
  sink.onMessage = (message) => byCode.get(message.code ?? '')?.onMessage(message);
  const plays = plans.map((plan) => new CasePlay(plan, person));
  await Promise.all(
    plays.map((play) =>
      play.run((code) => {
        byCode.set(code, play);
        // What came before the answer to the call.
        for (const message of sink.of(code)) play.onMessage(message);
      }),
    ),
  );
  sink.onMessage = () => {};
  return plays;
}

/** Until nothing is missing and nothing moves any more; what is still missing then is. */
async function settled(isDone: () => boolean, sink: Sink, withinMs: number): Promise<void> {
  const giveUpAt = Date.now() + withinMs;
  // A claim of a worker that was killed last expires, and what it held goes out.
  await delay(17_000);
  let requests = -1;
  while (Date.now() < giveUpAt && !(isDone() && requests === sink.requests)) {
    requests = sink.requests;
    await delay(QUIET_MS);
  }
}

async function folderFor({ keep, store }: Options, seed: string): Promise<string> {
  if (keep === undefined) return mkdtemp(join(tmpdir(), 'mamori-torture-'));
  const folder = join(keep, `${store}-${seed}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  return folder;
}
