import { systemClock } from '../services/clock.ts';
import type { Config } from '../services/config.ts';
import type { People } from '../services/people/people.ts';
import { createPacer } from '../services/sending/pacer.ts';
import { createAuthentication } from './teams/authentication.ts';
import { createTeamsChannel, type TeamsChannel } from './teams/channel.ts';
import { createConnector } from './teams/connector.ts';
import { useProxy } from './teams/proxy.ts';
import { createServiceAddress, noServiceAddress } from './teams/serviceAddress.ts';

interface Teams {
  readonly inbound: ReturnType<typeof createAuthentication>['inbound'];
  readonly channel: TeamsChannel;
  /** How many messages wait for their turn at this moment. */
  waiting(): number;
}

/** Teams as the settings name it: for the bot and for tools beside it. */
export function openTeams(config: Config, people: People): Teams {
  if (config.mode === 'production') useProxy(process.env);
  const { inbound, tokens } = createAuthentication(config);
  const { serviceHosts, serviceUrl, instances } = config;
  const pacer = createPacer({ clock: systemClock, instances });
  const channel = createTeamsChannel({
    people,
    connector: createConnector(tokens),
    pacer,
    clock: systemClock,
    serviceHosts,
    serviceAddress: serviceUrl === undefined ? noServiceAddress : createServiceAddress(people, serviceUrl),
    bot: { id: `28:${config.app.id}`, tenantId: config.app.tenantId },
  });
  return { inbound, channel, waiting: () => pacer.waiting };
}
