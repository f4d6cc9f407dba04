import type { City } from '../city.ts';
import type { CaseJournal } from '../play/journal.ts';
import { CHANNEL, type Message } from '../sink/message.ts';
import type { Sink } from '../sink/sink.ts';

const RETIRED = '最新のカードは下にあります';
const LEFT = 'あなたの対応は必要ありません';
const CLOSED = /対応終了|取消（押し間違い）/;

export interface CardState {
  readonly code: string;
  readonly person: string;
  /** None of the person's messages shows what is the case now. */
  readonly isStale: boolean;
  /** Further ones that look alive and are not, beside one that is right. */
  readonly strays: readonly Message[];
  readonly shown: readonly Message[];
}

/** What everybody's messages of one case show in the end, and whether it is what their people have done. */
export function cardsOf(journal: CaseJournal, sink: Sink, city: City): CardState[] {
  const { code } = journal;
  if (code === undefined) return [];
  // What has no button is a piece of news, and no card of the case.
  const messages = sink
    .of(code)
    .filter(({ person, first }) => person !== CHANNEL && first.buttons.length > 0);
  // Who deletes a card has none until something new is sent to them.
  const deleted = new Set(messages.filter(({ isDeleted }) => isDeleted).map(({ person }) => person));
  const people = new Set(messages.map(({ person }) => person).filter((person) => !deleted.has(person)));
  return [...people].map((person) => {
    const shown = messages.filter((message) => message.person === person);
    const alive = shown.filter(({ now }) => !now.text.includes(RETIRED));
    const right = alive.filter((message) => isRight(journal, message, city));
    return {
      code,
      person,
      shown,
      isStale: right.length === 0,
      strays: alive.filter((message) => !right.includes(message)),
    };
  });
}

/** The words that must be there. More is not asked: what else a card says is for the journeys. */
function isRight(journal: CaseJournal, { person, now: { text } }: Message, city: City): boolean {
  const { acts, caller } = journal;
  const has = (...kinds: string[]) =>
    acts.some(({ kind, answeredAt }) => answeredAt !== undefined && kinds.includes(kind));
  if (text.includes(LEFT)) return person !== caller;
  if (has('end', 'cancel')) return CLOSED.test(text);
  if (CLOSED.test(text)) return acts.some(({ kind }) => kind === 'end' || kind === 'cancel');
  if ((journal.level === 'emergency' || has('raise')) && !text.includes('緊急')) return false;
  if (person !== caller) return true;
  return coming(journal).every((id) => text.includes(city.names.get(id) ?? id));
}

/** Who said that they come and has not taken it back: the caller must see the name. */
function coming({ acts }: CaseJournal): string[] {
  const said = acts.filter(({ answeredAt }) => answeredAt !== undefined);
  const going = said.filter(({ kind }) => kind === 'going' || kind === 'phone' || kind === 'arrived');
  const back = new Set(acts.filter(({ kind }) => kind === 'declined').map(({ person }) => person));
  return [...new Set(going.map(({ person }) => person))].filter((person) => !back.has(person));
}
