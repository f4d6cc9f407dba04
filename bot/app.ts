import type { Alarm } from '../services/alarm/alarm.ts';
import type { Call } from '../services/calls/call.ts';
import { type Calls, createCalls } from '../services/calls/calls.ts';
import type { CallCommand } from '../services/calls/commands.ts';
import { createCallAggregate } from '../services/calls/decide.ts';
import { createNumbering } from '../services/calls/numbering.ts';
import { type CaseList, createCaseList } from '../services/cases/caseList.ts';
import { type Cases, createCases } from '../services/cases/cases.ts';
import type { Channel, OutgoingMessage, SendOutcome } from '../services/channel.ts';
import type { Classifier } from '../services/classification/classifier.ts';
import type { Clock } from '../services/clock.ts';
import { createPermits } from '../services/corrections/permits.ts';
import type { Directory } from '../services/directory/directory.ts';
import { type Documents, Engine } from '../services/engine/engine.ts';
import type { EngineObserver } from '../services/engine/observer.ts';
import { createStillOwed } from '../services/engine/stillOwed.ts';
import type { Log } from '../services/log.ts';
import type { People } from '../services/people/people.ts';
import { createReachAggregate } from '../services/reach/decide.ts';
import { personAggregate } from '../services/reach/decidePerson.ts';
import { createReach, type ReachService } from '../services/reach/reachService.ts';
import { reportAggregate } from '../services/reports/decide.ts';
import { createReports, performReport, type Reports } from '../services/reports/reports.ts';
import type { DocumentStore } from '../services/store/store.ts';
import type { SignedRequest } from '../services/trigger/request.ts';
import { createTrigger } from '../services/trigger/trigger.ts';
import { createViewLog, type ViewLog } from '../services/views/viewLog.ts';
import { performCall } from './effects/call.ts';
import { performReachability, performTest } from './effects/reach.ts';
import { performReportEffects } from './effects/report.ts';
import { createReceive, type Reply } from './receive.ts';
import type { ConversationReference } from './teams/reference.ts';
import { triggerReply } from './trigger.ts';

/** The world around the product; tests bring a fake clock and a fake channel. */
export interface AppParts {
  readonly store: DocumentStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly directory: Directory;
  readonly people: People;
  readonly channel: Channel & {
    say(reference: ConversationReference, message: OutgoingMessage): Promise<SendOutcome>;
  };
  /** Imported on first use: neither start nor paging waits for it (promise 5). */
  readonly loadClassifier: () => Promise<Classifier>;
  readonly serviceHosts: readonly string[];
  /** Told where each activity came from. */
  readonly heard?: (reference: ConversationReference) => Promise<void>;
  /** Told what the engine does. */
  readonly observer?: EngineObserver;
  /** A second way to reach people; absent: there is none, and nothing is owed to it. */
  readonly alarm?: Alarm | undefined;
  /** The secrets of registered places; absent: no place may call. */
  readonly triggerSecret?: (place: string) => Promise<string | undefined>;
  /** Whether corrected reports may be exported as training data; off unless said. */
  readonly corrections?: boolean;
}

export interface App {
  readonly engine: Engine;
  readonly calls: Calls;
  readonly reports: Reports;
  readonly cases: Cases;
  readonly caseList: CaseList;
  readonly views: ViewLog;
  readonly reach: ReachService;
  /** One authenticated activity in, one answer out. Never throws. */
  receive(activity: unknown): Promise<Reply>;
  /** A signed request of a registered place: a press, or the question for a lamp. Never throws. */
  trigger(what: 'press' | 'state', request: SignedRequest): Promise<Reply>;
  /** Lets waiting work follow the organisation: after a change of its file, and at the start. */
  onOrganizationChanged(): Promise<void>;
}

/** The composition root: everything is built here, once, in one direction. */
export function createApp(parts: AppParts): App {
  const { store, clock, log, directory, people, channel } = parts;
  const { observer } = parts;
  const engine = new Engine({ store, clock, log, ...(observer === undefined ? {} : { observer }) });
  const effects = { channel, people, directory, clock, alarm: parts.alarm };
  const views = createViewLog(store, clock);
  const classifier = once(parts.loadClassifier);
  // Effects between documents are performed by services that are made from the documents: called later, never now.
  const between = {
    number: (code: string) => numbering.assign(code),
    cover: (code: string, person: string) => reports.cover(code, person),
    isOwed: createStillOwed((code) => callDocuments.read(code), clock),
  };
  const rules = { directory, hasAlarm: parts.alarm !== undefined };
  const callDocuments: Documents<Call, CallCommand> = engine.register(
    createCallAggregate(rules),
    performCall(effects, between),
  );
  const calls = createCalls({ documents: callDocuments, store, people, directory, clock, log });
  const numbering = createNumbering({ store, read: calls.read, execute: calls.execute });
  const local = performReport({ calls, classifier, directory, clock });
  const showing = { local, views, read: calls.read };
  const reportDocuments = engine.register(reportAggregate, performReportEffects(effects, showing));
  const reports = createReports({ documents: reportDocuments, calls, directory, views, clock, classifier });
  const cases = createCases({ calls, reports, numbering, views, store, directory, clock, log });
  const caseList = createCaseList({ store, directory, clock });
  const reach: ReachService = createReach({
    city: engine.register(
      createReachAggregate(directory),
      performReachability(effects, () => reach),
    ),
    people: engine.register(personAggregate, performTest(effects)),
    store,
    directory,
    channel,
    clock,
    log,
  });
  const secretOf = parts.triggerSecret ?? (async () => undefined);
  const trigger = createTrigger({ calls, store, directory, clock, log, secretOf });
  const receive = createReceive({
    calls,
    reports,
    cases,
    caseList,
    views,
    reach,
    people,
    directory,
    channel,
    classifier,
    permits: parts.corrections === true ? createPermits({ store, clock, directory }) : undefined,
    clock,
    log,
    serviceHosts: parts.serviceHosts,
    say: (reference, message) => channel.say(reference, message),
    ...(parts.heard === undefined ? {} : { heard: parts.heard }),
  });
  return {
    engine,
    calls,
    reports,
    cases,
    caseList,
    views,
    reach,
    receive,
    trigger: async (what, request) => triggerReply(directory, await trigger[what](request)),
    onOrganizationChanged: async () => {
      await cases.followOrganization();
      await reach.follow();
    },
  };
}

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => {
    loading ??= load().catch((error) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}
