import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeReference } from '../../../bot/teams/reference.ts';
import { createPeople } from '../../../services/people/people.ts';
import { openSqliteStore } from '../../../services/store/sqlite/sqliteStore.ts';
import type { DocumentStore } from '../../../services/store/store.ts';
import { type City, referenceOf } from './city.ts';
import { Program, type ProgramOptions } from './program.ts';
import { Sink } from './sink.ts';

const STOPS = ['SIGINT', 'SIGTERM'] as const;

/** Where one benchmark runs: a folder that goes with it, a sink, and the processes it has started. */
export class Place {
  readonly folder: string;
  readonly sink: Sink;
  readonly city: City;
  readonly #programs: Program[] = [];

  private constructor(folder: string, sink: Sink, city: City) {
    this.folder = folder;
    this.sink = sink;
    this.city = city;
  }

  /** Everything is cleaned away at the end, also when somebody has seen enough. */
  static async within<T>(city: City, measure: (place: Place) => Promise<T>): Promise<T> {
    const folder = await mkdtemp(join(tmpdir(), 'mamori-bench-'));
    const place = new Place(folder, await Sink.open(), city);
    const interrupted = () => void place.#leave().finally(() => process.exit(130));
    for (const signal of STOPS) process.once(signal, interrupted);
    try {
      await writeFile(place.organizationFile, city.organization);
      return await measure(place);
    } finally {
      for (const signal of STOPS) process.off(signal, interrupted);
      await place.#leave();
    }
  }

  get organizationFile(): string {
    return join(this.folder, 'organization.yaml');
  }

  get data(): string {
    return join(this.folder, 'data');
  }

  /** The embedded store of the product, before it runs. */
  openStore(): Promise<DocumentStore> {
    return openSqliteStore({ path: join(this.data, 'mamori.sqlite') });
  }

  /** Everybody has installed the bot before. */
  async install(people: readonly string[], store?: DocumentStore): Promise<void> {
    const to = store ?? (await this.openStore());
    const known = createPeople(to);
    for (const person of people)
      await known.renew(person, () => ({
        reference: encodeReference(referenceOf(person, this.sink.serviceUrl)),
      }));
    if (store === undefined) await to.close();
  }

  async start(options: ProgramOptions): Promise<Program> {
    const program = await Program.start(options);
    this.#programs.push(program);
    return program;
  }

  /** The product as `npm run serve` starts it; on SQLite unless `environment` says otherwise. */
  async startProduct(options: Partial<ProgramOptions> = {}): Promise<Program> {
    const product = await this.start({
      file: 'bot/main.ts',
      ...options,
      environment: {
        MAMORI_MODE: 'local',
        PORT: '0',
        MAMORI_DATA: this.data,
        MAMORI_ORGANIZATION: this.organizationFile,
        MAMORI_LOG_LEVEL: 'error',
        ...options.environment,
      },
    });
    await product.ready();
    return product;
  }

  async #leave(): Promise<void> {
    await Promise.all(this.#programs.map((program) => program.kill()));
    await this.sink.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** How busy the machine is: whoever reads the figures has to know. */
export const load = (): string =>
  `load average ${loadavg()
    .slice(0, 2)
    .map((n) => n.toFixed(1))
    .join(', ')}`;
