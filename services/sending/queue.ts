import { PRIORITIES, type Priority } from '../channel.ts';

/** One in so many goes to whoever has waited longest, whatever it is: nobody waits for ever. */
const FAIR_EVERY = 8;
/** First pages before everything, as long as none has been owed for so long. */
const FIRST_MS = 5_000;
/** What stands beside first pages: somebody waits for an answer, or nobody has answered yet. */
const URGENT: readonly Priority[] = ['answer', 'again'];

export interface Waiting {
  readonly priority: Priority;
  readonly thread: string;
  /** When it came to be owed. */
  readonly since: number;
  readonly enteredAt: number;
  /** Names what it shows the newest state of: a newer one makes it pointless. */
  readonly replaces: string | undefined;
}

/** Who waits, most urgent first and oldest first within the same urgency. */
export class Queue<W extends Waiting> {
  readonly #waiting = new Map<Priority, W[]>(PRIORITIES.map((priority) => [priority, []]));
  #served = 0;

  get size(): number {
    let size = 0;
    for (const waiting of this.#waiting.values()) size += waiting.length;
    return size;
  }

  *[Symbol.iterator](): Iterator<W> {
    for (const waiting of this.#waiting.values()) yield* waiting;
  }

  has(one: W): boolean {
    return this.#of(one.priority).includes(one);
  }

  add(one: W): void {
    const same = this.#of(one.priority);
    let at = same.length;
    while (at > 0 && (same[at - 1] as W).since > one.since) at -= 1;
    same.splice(at, 0, one);
  }

  remove(one: W): void {
    const same = this.#of(one.priority);
    const at = same.indexOf(one);
    if (at >= 0) same.splice(at, 1);
  }

  /** How many would go before this one. */
  ahead(one: Pick<Waiting, 'priority' | 'since'>): number {
    let ahead = 0;
    for (const priority of PRIORITIES) {
      const same = this.#of(priority);
      if (priority !== one.priority) ahead += same.length;
      else return ahead + same.filter(({ since }) => since <= one.since).length;
    }
    return ahead;
  }

  /** Whose turn it is among those who `can`; whoever cannot holds up nobody. */
  next(now: number, can: (one: W) => boolean): W | undefined {
    const first = this.#first(can);
    if (first === undefined) return undefined;
    const isFair = this.#served % FAIR_EVERY === FAIR_EVERY - 1;
    const isInTime = first.priority === 'page' && now - first.since < FIRST_MS;
    this.#served += 1;
    if (!isFair) return first;
    return isInTime ? (this.#longestWaiting(can, URGENT) ?? first) : this.#longestWaiting(can);
  }

  #first(can: (one: W) => boolean): W | undefined {
    for (const one of this) if (can(one)) return one;
    return undefined;
  }

  #longestWaiting(can: (one: W) => boolean, among: readonly Priority[] = PRIORITIES): W | undefined {
    let longest: W | undefined;
    for (const one of among.flatMap((priority) => this.#of(priority))) {
      if ((longest === undefined || one.enteredAt < longest.enteredAt) && can(one)) longest = one;
    }
    return longest;
  }

  #of(priority: Priority): W[] {
    return this.#waiting.get(priority) as W[];
  }
}
