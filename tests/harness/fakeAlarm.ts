import type { Alarm, AlarmOutcome, AlarmSignal } from '../../services/alarm/alarm.ts';
import type { Clock } from '../../services/clock.ts';

interface Raised extends AlarmSignal {
  /** When this attempt was made. */
  readonly tried: number;
}

/** The other end of the webhook: a PBX that may be down, slow, or lose its answers. */
export class FakeAlarm implements Alarm {
  readonly #clock: Pick<Clock, 'now'>;
  /** Every attempt, whatever became of it. */
  readonly attempts: Raised[] = [];
  /** What the receiver took: what was said aloud. */
  readonly taken: Raised[] = [];
  /** What becomes of the next attempts; taken when it is undefined. */
  answer: (signal: AlarmSignal) => AlarmOutcome | 'answer-lost' | undefined = () => undefined;
  /** Runs before each attempt; a test may wait in it. */
  before: (signal: AlarmSignal) => Promise<void> | void = () => {};

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  async raise(signal: AlarmSignal): Promise<AlarmOutcome> {
    await this.before(signal);
    const raised = { ...signal, tried: this.#clock.now() };
    this.attempts.push(raised);
    const answer = this.answer(signal);
    if (answer === undefined || answer === 'answer-lost') this.taken.push(raised);
    return answer === 'answer-lost'
      ? { kind: 'uncertain', reason: 'reset' }
      : (answer ?? { kind: 'delivered' });
  }

  /** What was taken, in a word each. */
  get said(): string[] {
    return this.taken.map(({ reason, lane }) => (lane === undefined ? reason : `${reason} ${lane}`));
  }
}
