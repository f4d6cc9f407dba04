import type { People } from '../../services/people/people.ts';

/** Where conversations are created that nobody has begun yet. */
export interface ServiceAddress {
  /** Undefined: not known. Rejects when the store does not answer. */
  read(): Promise<string | undefined>;
  /** Somebody's activity came with this address. */
  seen(serviceUrl: string): Promise<void>;
}

/** Beside the people, whose ids have no colon. */
const ID = 'service:teams';

/** In local mode each window has an address of its own: there is none for everybody. */
export const noServiceAddress: ServiceAddress = { read: async () => undefined, seen: async () => {} };

/**
 * The address that the tenant's activities came with last, kept in the store; until there has been one, the configured
 * one, which Microsoft documents for this only.
 */
export function createServiceAddress(people: People, configured: string): ServiceAddress {
  let known: string | undefined;
  return {
    async read() {
      known = (await people.read(ID)).reference ?? undefined;
      return known ?? configured;
    },
    async seen(serviceUrl) {
      if (serviceUrl === known) return;
      await people.update(ID, () => ({ reference: serviceUrl }));
      known = serviceUrl;
    },
  };
}
