import { createClient } from '../../../services/store/cosmos/client.ts';
import { addressOf } from '../../../services/store/cosmos/item.ts';
import type { Stores } from '../stores.ts';
import type { Script } from './faults.ts';
import { LocalCosmos, type Place } from './place.ts';

/** A container a folder, on one local server that is started when the first one is needed. */
export class CosmosStores implements Stores {
  readonly races = 60;
  readonly #script: Script;
  readonly #places = new Map<string, Promise<Place>>();
  #cosmos: Promise<LocalCosmos> | undefined;

  /** @param script what becomes of every request; counts through all places */
  constructor(script: Script) {
    this.#script = script;
  }

  async open(folder: string) {
    return (await this.#place(folder)).open();
  }

  async environment(folder: string) {
    const { endpoint, database, container, key = '' } = (await this.#place(folder)).settings;
    return {
      MAMORI_STORE: 'cosmos',
      MAMORI_DATA: folder,
      COSMOS_ENDPOINT: endpoint,
      COSMOS_DATABASE: database,
      COSMOS_CONTAINER: container,
      COSMOS_KEY: key,
    };
  }

  async damage(folder: string, key: { kind: string; id: string }, body: string) {
    const { settings } = await this.#place(folder);
    const { front } = await this.#started();
    front.script = () => undefined;
    const client = await createClient(settings, undefined, undefined);
    const { id, pk } = addressOf(key);
    const item = client.database(settings.database).container(settings.container).item(id, pk);
    const { resource } = await item.read();
    await item.replace({ ...resource, body });
    client.dispose();
    front.script = this.#script;
  }

  async stop(): Promise<void> {
    await (await this.#cosmos)?.stop();
  }

  #place(folder: string): Promise<Place> {
    const known = this.#places.get(folder);
    if (known !== undefined) return known;
    const made = this.#started().then((cosmos) =>
      cosmos.provide(this.#script, { limits: { attemptMs: 300, deadlineMs: 20_000 } }),
    );
    this.#places.set(folder, made);
    return made;
  }

  #started(): Promise<LocalCosmos> {
    this.#cosmos ??= LocalCosmos.start();
    return this.#cosmos;
  }
}
