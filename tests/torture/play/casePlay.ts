import { setTimeout as delay } from 'node:timers/promises';
import { LANES, type Lane } from '../city.ts';
import { hasButton, type Message } from '../sink/message.ts';
import type { Answer } from './ask.ts';
import type { Act, ActKind, CaseJournal } from './journal.ts';
import type { Person } from './person.ts';
import type { Plan, Reaction } from './plan.ts';

const TYPED = { advice: '相談', assist: '応援', emergency: '緊急' } as const;
/** A reception card that does not come within this is asked for again. */
const RECEPTION_WITHIN_MS = 12_000;
const ACCEPTED = /の呼び出しを受け付けました|にまとめました|先ほどの呼び出し/;
const OVER = /対応が終わっています|対応終了|取消（押し間違い）/;
/** Done, and the current card comes as a new message. */
const MOVED = '最新のカードを下に出しました';
const REFUSED = /この操作ができるのは|今の立場ではできません|この操作は今はできません/;

/** Plays one case by its plan and keeps the journal of it. */
export class CasePlay {
  readonly journal: CaseJournal;
  readonly #plan: Plan;
  readonly #person: (id: string) => Person;
  readonly #reacting = new Set<string>();
  readonly #underWay: Promise<void>[] = [];

  constructor(plan: Plan, person: (id: string) => Person) {
    const { n, building, caller, level } = plan;
    this.#plan = plan;
    this.#person = person;
    this.journal = { n, building, caller, level, code: undefined, acts: [] };
  }

  /** Resolves when everything planned has been done. @param onCode the case has been accepted under this code */
  async run(onCode: (code: string, play: CasePlay) => void): Promise<void> {
    const p = this.#plan;
    await delay(p.openAfterMs);
    const code = p.isTyped ? await this.#openByWord() : await this.#openByButton();
    if (code === undefined) return;
    this.journal.code = code;
    onCode(code, this);
    const later = (afterMs: number | undefined, act: () => Promise<unknown>) =>
      afterMs === undefined ? Promise.resolve() : delay(afterMs).then(act);
    await Promise.all([
      later(p.callAgainAfterMs, () => this.#person(p.caller).call(`call.${p.level}`, `again-${p.n}`)),
      later(p.raiseAfterMs, () => this.#press(code, 'raise', p.caller, 'call.raise')),
      later(p.cameAfterMs, () => this.#press(code, 'came', p.caller, 'call.came', 'second')),
      later(p.close?.afterMs, async () => {
        const { how, by } = p.close ?? { how: 'end', by: p.caller };
        await this.#press(code, how, by, `call.${how}`);
      }),
    ]);
    while (this.#underWay.length > 0) await this.#underWay.pop();
  }

  /** Somebody has got a message of this case. */
  onMessage(message: Message): void {
    const reaction = this.#plan.reactions.get(message.person);
    if (reaction === undefined || !message.alert) return;
    // Who is coming is not paged when the call becomes an emergency, but told.
    const isRaised = message.first.text.includes('緊急に切り替わりました');
    if (!isRaised && hasButton(message.first, 'answer.going')) {
      this.#once(`${message.person} paged`, () => this.#react(message.person, reaction));
    }
    if (isRaised && reaction.saysAgain) {
      const verb = reaction.verb === 'phone' ? 'going' : 'arrived';
      this.#once(`${message.person} raised`, () => this.#answer(message.person, verb, reaction.afterMs));
    }
  }

  #once(what: string, act: () => Promise<unknown>): void {
    if (this.#reacting.has(what)) return;
    this.#reacting.add(what);
    this.#underWay.push(act().then(() => {}));
  }

  async #react(id: string, reaction: Reaction): Promise<void> {
    if (!(await this.#answer(id, reaction.verb, reaction.afterMs))) return;
    if (reaction.arrivesAfterMs !== undefined) await this.#answer(id, 'arrived', reaction.arrivesAfterMs);
    if (reaction.withdrawsAfterMs !== undefined)
      await this.#answer(id, 'declined', reaction.withdrawsAfterMs);
  }

  async #answer(id: string, verb: Reaction['verb'] | 'arrived', afterMs: number): Promise<boolean> {
    const { code } = this.journal;
    const lane = this.#laneOf(id);
    await delay(afterMs);
    if (code === undefined || lane === undefined) return false;
    return this.#press(code, verb, id, `answer.${verb}`, lane);
  }

  #laneOf(id: string): Lane | undefined {
    const { policy } = this.#plan.building;
    return LANES.find((lane) => policy.emergency[lane].some(({ people }) => people.includes(id)));
  }

  async #openByButton(): Promise<string | undefined> {
    const { caller, level, n } = this.#plan;
    const act = this.#begin('call', caller);
    const answer = await this.#person(caller).call(`call.${level}`, `draft-${n}`);
    if (answer === undefined || !ACCEPTED.test(answer.card.text)) return undefined;
    act.answeredAt = answer.answeredAt;
    return /K-[0-9A-Z]{4,8}/.exec(answer.card.text)?.[0];
  }

  /** What is typed is answered by the reception card and by nothing else. */
  async #openByWord(): Promise<string | undefined> {
    const { caller, level } = this.#plan;
    const act = this.#begin('call', caller);
    const person = this.#person(caller);
    for (let tries = 0; tries < 8; tries++) {
      await person.say(TYPED[level]);
      const giveUpAt = Date.now() + RECEPTION_WITHIN_MS;
      while (Date.now() < giveUpAt) {
        const reception = person.newest();
        if (reception !== undefined) {
          act.answeredAt = reception.at;
          return reception.code;
        }
        await delay(100);
      }
    }
    return undefined;
  }

  async #press(code: string, kind: ActKind, id: string, verb: string, lane?: Lane): Promise<boolean> {
    const person = this.#person(id);
    const found = await person.find(code, verb);
    if (found === undefined) return false;
    const act = this.#begin(kind, id, lane);
    const answer = await person.pressOn(found, verb);
    if (answer !== undefined) this.#finish(act, answer);
    return act.answeredAt !== undefined;
  }

  /** Whoever closes a case is told that it is over, and so is everybody who comes later. */
  #finish(act: Act, { card, answeredAt }: Answer): void {
    const isClosing = act.kind === 'end' || act.kind === 'cancel';
    const isOver = OVER.test(card.text);
    if (isOver && !isClosing) act.isVoid = true;
    else if (isOver || card.text.includes(MOVED) || (!isClosing && !REFUSED.test(card.text)))
      act.answeredAt = answeredAt;
  }

  #begin(kind: ActKind, person: string, lane?: Lane): Act {
    const act: Act = { kind, person, lane, sentAt: Date.now(), answeredAt: undefined, isVoid: false };
    this.journal.acts.push(act);
    return act;
  }
}
