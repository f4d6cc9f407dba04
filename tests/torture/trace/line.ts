import { LANES, type Lane } from '../city.ts';

/** What a worker notes of each write of a call: before it (`try`), and what became of it when it lived to know. */
export type TraceLine =
  | {
      readonly e: 'try';
      readonly n: number;
      /** When, by the machine's clock. */
      readonly at: number;
      readonly id: string;
      /** Version the write is conditional on; null: it creates the document. */
      readonly before: string | null;
      readonly call: TracedCall;
    }
  | { readonly e: 'done'; readonly n: number; readonly after: string }
  | { readonly e: 'refused'; readonly n: number };

/** The document as it was written, as far as the checks need it. */
export interface TracedCall {
  readonly open: boolean;
  readonly lanes: Readonly<Record<Lane, TracedLane>>;
  readonly owed: readonly TracedEffect[];
  /** Message of each person that the product knows of. */
  readonly copies: Readonly<Record<string, string | null>>;
}

export interface TracedLane {
  readonly round: number;
  /** Answers that have not lapsed: who, what, in which round. */
  readonly answers: readonly (readonly [string, string, number])[];
  /** Round in which the caller said that somebody came. */
  readonly came: number | null;
}

export interface TracedEffect {
  readonly key: string;
  readonly kind: string;
  readonly person: string;
  readonly lane: string;
  readonly attempt: number;
  readonly claim: string | null;
  readonly uncertain: number;
}

/** A version's name: SQLite's etag, or the newest operation in that of Cosmos (its own etag is told again later). */
export const versionOf = (etag: string | null): string | null => etag?.split(' ')[1] ?? etag;

interface Body {
  readonly state: {
    readonly status: string;
    readonly lanes: Readonly<
      Record<
        Lane,
        {
          readonly round: number;
          readonly people: Readonly<Record<string, { readonly answer: Answer | null }>>;
          readonly cameAt: number | null;
          readonly cameRound: number;
        }
      >
    >;
    readonly copies: Readonly<Record<string, { readonly activityId: string | null }>>;
  };
  readonly outbox: readonly (TracedEffect & { readonly data: { readonly lane?: string } })[];
}
interface Answer {
  readonly kind: string;
  readonly round: number;
  readonly lapsedAt: number | null;
}

export function linesOf(body: unknown): TracedCall {
  const { state, outbox } = body as Body;
  const lanes = Object.fromEntries(LANES.map((lane) => [lane, laneOf(state.lanes[lane])]));
  return {
    open: state.status === 'open',
    lanes: lanes as Record<Lane, TracedLane>,
    owed: outbox.map(({ key, kind, person, data, attempt, claim, uncertain }) => {
      return { key, kind, person, lane: data.lane ?? '', attempt, claim, uncertain };
    }),
    copies: Object.fromEntries(Object.entries(state.copies).map(([id, copy]) => [id, copy.activityId])),
  };
}

function laneOf(lane: Body['state']['lanes'][Lane]): TracedLane {
  const answers = Object.entries(lane.people).flatMap(([id, { answer }]) =>
    answer === null || answer.lapsedAt !== null ? [] : [[id, answer.kind, answer.round] as const],
  );
  return { round: lane.round, answers, came: lane.cameAt === null ? null : lane.cameRound };
}
