import { readFileSync } from 'node:fs';
import {
  type Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type ConversationReference,
} from 'botbuilder';
import restify from 'restify';

/**
 * What the product is measured against: as little as a bot on botbuilder and restify can do. On each message it sends
 * a card to whoever wrote and one each to two others, all at once, made beforehand; it saves nothing and decides
 * nothing. `node bot.ts`, with BARE_MESSAGES naming the file of `Prepared`.
 */
export interface Prepared {
  readonly caller: Partial<Activity>;
  readonly second: Partial<Activity>;
  readonly generalAffairs: Partial<Activity>;
  /** Who is paged, by turns; somebody of General Affairs always. */
  readonly seconds: readonly Partial<ConversationReference>[];
  readonly officer: Partial<ConversationReference>;
}

/** The types of the SDK and of restify differ in `undefined` only. */
type Request = Parameters<CloudAdapter['process']>[0];

const prepared = JSON.parse(readFileSync(process.env.BARE_MESSAGES ?? '', 'utf8')) as Prepared;
const { caller, second, generalAffairs, seconds, officer } = prepared;
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const server = restify.createServer({ name: 'bare' });
server.use(restify.plugins.bodyParser());

let turn = 0;
const page = (to: Partial<ConversationReference>, card: Partial<Activity>): Promise<void> =>
  adapter.continueConversationAsync('', to, async (context) => {
    await context.sendActivity({ ...card });
  });

server.post('/api/messages', async (req: restify.Request, res: restify.Response) => {
  await adapter.process(req as Request, res, async (context) => {
    const colleague = seconds[turn % seconds.length] ?? officer;
    turn += 1;
    await Promise.all([
      page(colleague, second),
      page(officer, generalAffairs),
      context.sendActivity({ ...caller }),
    ]);
  });
});

server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`bare listening on http://127.0.0.1:${server.address().port}\n`);
});
