import { createTeamsChannel, type TeamsChannel } from '../../bot/teams/channel.ts';
import { createConnector } from '../../bot/teams/connector.ts';
import { encodeReference } from '../../bot/teams/reference.ts';
import { noServiceAddress, type ServiceAddress } from '../../bot/teams/serviceAddress.ts';
import type { Tokens } from '../../bot/teams/tokens.ts';
import { type Clock, systemClock } from '../../services/clock.ts';
import type { People, PersonRecord } from '../../services/people/people.ts';
import { type Pacer, unpaced } from '../../services/sending/pacer.ts';

const NOBODY: PersonRecord = { language: null, reference: null, calls: 0 };

/** People in memory. */
export function memoryPeople(
  references: Record<string, string>,
): People & { known: Map<string, PersonRecord> } {
  const known = new Map(
    Object.entries(references).map(([id, reference]) => [id, { ...NOBODY, reference } as PersonRecord]),
  );
  const update: People['update'] = async (id, change) => {
    const before = known.get(id) ?? NOBODY;
    const after = { ...before, ...change(before) };
    known.set(id, after);
    return after;
  };
  const peek = (id: string) => known.get(id);
  return { known, peek, read: async (id) => known.get(id) ?? NOBODY, update, renew: update };
}

export const referenceTo = (serviceUrl: string, conversationId = 'chat-1'): string =>
  encodeReference({ serviceUrl, conversationId, botId: '28:bot', userId: '29:x', tenantId: 't' });

export interface ChannelOptions {
  readonly people: People;
  readonly serviceHosts?: readonly string[];
  readonly serviceAddress?: ServiceAddress;
  readonly tokens?: Tokens;
  readonly pacer?: Pacer;
  readonly clock?: Clock;
}

/** The real adapter, down to the socket. */
export const teamsChannel = (options: ChannelOptions): TeamsChannel =>
  createTeamsChannel({
    people: options.people,
    connector: createConnector(options.tokens),
    pacer: options.pacer ?? unpaced,
    clock: options.clock ?? systemClock,
    serviceHosts: options.serviceHosts ?? ['localhost', '127.0.0.1', '[::1]'],
    serviceAddress: options.serviceAddress ?? noServiceAddress,
    bot: { id: '28:app', tenantId: 't' },
  });
