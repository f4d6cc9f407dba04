import type { Language, Rendered } from '../../cards/rendered.ts';
import type { Participant } from '../../services/calls/call.ts';
import type { Calls } from '../../services/calls/calls.ts';
import type { CaseList } from '../../services/cases/caseList.ts';
import type { Cases } from '../../services/cases/cases.ts';
import type { Channel } from '../../services/channel.ts';
import type { Classifier } from '../../services/classification/classifier.ts';
import type { Clock } from '../../services/clock.ts';
import type { Permits } from '../../services/corrections/permits.ts';
import type { Directory, Person } from '../../services/directory/directory.ts';
import type { Log } from '../../services/log.ts';
import type { People } from '../../services/people/people.ts';
import type { ReachService } from '../../services/reach/reachService.ts';
import type { Reports } from '../../services/reports/reports.ts';
import type { ViewLog } from '../../services/views/viewLog.ts';
import type { Incoming } from '../teams/activity.ts';

/** What handlers work with. */
export interface Services {
  readonly calls: Calls;
  readonly reports: Reports;
  readonly cases: Cases;
  readonly caseList: CaseList;
  readonly views: ViewLog;
  readonly reach: ReachService;
  readonly people: People;
  readonly directory: Directory;
  readonly channel: Channel;
  readonly classifier: () => Promise<Classifier>;
  /** Permits for exports of training data; undefined while they are switched off (the default). */
  readonly permits: Permits | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

/** One activity of somebody who has been identified. */
export interface Turn {
  readonly incoming: Incoming;
  readonly actor: Participant;
  /** Undefined for a member of the tenant who is not in the directory. */
  readonly person: Person | undefined;
  readonly language: Language;
  /** Identifies this request; Teams may deliver it twice. */
  readonly op: string;
  /** When the activity reached us. */
  readonly arrivedAt: number;
}

/** What the person gets at once. What is owed durably comes from the engine instead. */
export interface Answer {
  /** Takes the place of the card that was pressed. */
  readonly card?: Rendered;
  /** The stored message becomes that card as well, so that the person's other devices agree. */
  readonly isLasting?: boolean;
  /** Told where the card stands when that is not the pressed one: a narrative has to be found again (promise 7). */
  readonly onShown?: (activityId: string) => Promise<unknown>;
  /** Code of a call that was saved; its reception card comes from the engine. */
  readonly called?: string;
  /** New messages, in order. */
  readonly messages?: readonly Rendered[];
}

type Viewer = 'person' | 'counter' | 'guest';
export const viewerOf = (turn: Turn): Viewer => turn.actor.kind;
