import type { Building, Lane, Level } from '../city.ts';

export type ActKind =
  | 'call'
  | 'raise'
  | 'going'
  | 'phone'
  | 'arrived'
  | 'declined'
  | 'came'
  | 'end'
  | 'cancel';

/** Something a person did, as seen from their side of the screen. */
export interface Act {
  readonly kind: ActKind;
  readonly person: string;
  readonly lane: Lane | undefined;
  /** When it was tried for the first time: it cannot have been committed before. */
  readonly sentAt: number;
  /** When it was visibly accepted: it had been committed by then. Undefined: no such answer came. */
  answeredAt: number | undefined;
  /** Visibly refused because the call was over. */
  isVoid: boolean;
}

/** What happened to one case: all that the oracle knows. */
export interface CaseJournal {
  readonly n: number;
  readonly building: Building;
  readonly caller: string;
  readonly level: Level;
  /** Set with the first visible acceptance. */
  code: string | undefined;
  readonly acts: Act[];
}
