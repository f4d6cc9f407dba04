import { randomUUID } from 'node:crypto';
import { type CosmosOptions, openCosmosStore } from '../../../services/store/cosmos/openCosmosStore.ts';
import { provision } from '../../../services/store/cosmos/provision.ts';
import type { Backing } from '../../contract/store/bench.ts';
import type { Script } from './faults.ts';
import { type Front, startFront } from './front.ts';
import { type LocalServer, startCosmosServer } from './server.ts';

export interface Place extends Backing {
  readonly settings: CosmosOptions;
}

/** A place for data on a local server behind a front, with a container of its own for every test. */
export class LocalCosmos {
  readonly front: Front;
  readonly #server: LocalServer;

  private constructor(server: LocalServer, front: Front) {
    this.#server = server;
    this.front = front;
  }

  static async start(): Promise<LocalCosmos> {
    const server = await startCosmosServer();
    return new LocalCosmos(server, await startFront(server.endpoint));
  }

  /** @param script in force once the container is there; the opening of the stores is under it too */
  async provide(script: Script = () => undefined, over: Partial<CosmosOptions> = {}): Promise<Place> {
    this.front.script = () => undefined;
    this.front.isPartitioned = false;
    const settings: CosmosOptions = {
      kind: 'cosmos',
      endpoint: this.front.endpoint,
      database: 'test',
      container: `test-${randomUUID()}`,
      key: 'any',
      ...over,
    };
    await provision(settings);
    this.front.script = script;
    return { settings, open: () => openCosmosStore(settings), dispose: async () => {} };
  }

  async stop(): Promise<void> {
    await this.front.stop();
    await this.#server.stop();
  }
}
