import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Prepared } from '../bare/bot.ts';
import { conversationOf, referenceOf, says } from '../live/city.ts';
import type { Place } from '../live/place.ts';
import type { Program } from '../live/program.ts';
import type { Taken } from '../live/sink.ts';

export type Bot = 'product' | 'bare';

/** The product and the bare bot on the same sink, and whoever calls next. */
export interface Pair {
  readonly bots: Readonly<Record<Bot, Program>>;
  /** Nobody calls the product twice: each tap is a new case. The bare bot knows no cases. */
  next(bot: Bot): Caller;
}

export interface Caller {
  readonly person: string;
  readonly conversation: string;
}

/** What a responder gets: a new message to somebody else's chat. */
export const isPage = ({ method, conversation }: Taken, caller: Caller): boolean =>
  method === 'POST' && conversation !== caller.conversation;

export async function startPair(place: Place): Promise<Pair> {
  const { city, sink } = place;
  await place.install(city.everybody);
  const product = await place.startProduct({ preload: 'tests/bench/live/unlimited.ts' });
  const count = { product: 0, bare: 0 };
  const next = (bot: Bot): Caller => {
    if (bot === 'product' && count.product === city.callers.length) throw new Error('everybody has called');
    const person = city.callers[count[bot] % city.callers.length] ?? '';
    count[bot] += 1;
    return { person, conversation: conversationOf(person) };
  };
  const file = join(place.folder, 'prepared.json');
  await writeFile(file, JSON.stringify(await prepare(place, product, next('product'))));
  const bare = await place.start({ file: 'tests/bench/bare/bot.ts', environment: { BARE_MESSAGES: file } });
  sink.onTaken = () => {};
  return { bots: { product, bare }, next };
}

/** The very messages that the product sends for a call, to be sent by the bare bot. */
async function prepare({ city, sink }: Place, product: Program, caller: Caller): Promise<Prepared> {
  const taken: Taken[] = [];
  sink.onTaken = (one) => taken.push(one);
  await product.post(says(caller.person, CALL, sink.serviceUrl));
  await sink.quiet(500);
  const sentTo = (person: string) => {
    const found = taken.find((one) => one.method === 'POST' && one.conversation === conversationOf(person));
    if (found === undefined) throw new Error('the product has not sent what it should');
    return JSON.parse(found.body.toString());
  };
  return {
    caller: sentTo(caller.person),
    second: sentTo(city.duty[0] ?? ''),
    generalAffairs: sentTo(city.generalAffairs),
    seconds: city.duty.map((person) => bareReference(person, sink.serviceUrl)),
    officer: bareReference(city.generalAffairs, sink.serviceUrl),
  };
}

function bareReference(person: string, serviceUrl: string): Prepared['officer'] {
  const { conversationId, botId, userId, tenantId } = referenceOf(person, serviceUrl);
  return {
    serviceUrl,
    channelId: 'msteams',
    bot: { id: botId, name: 'まもり' },
    user: { id: userId, name: '職員' },
    conversation: {
      id: conversationId,
      conversationType: 'personal',
      tenantId,
      isGroup: false,
      name: '',
    },
  };
}

export const CALL = '応援 2番窓口';
