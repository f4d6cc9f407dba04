import { type Calls, createCalls } from '../services/calls/calls.ts';
import { createCallAggregate } from '../services/calls/decide.ts';
import { createNumbering } from '../services/calls/numbering.ts';
import { type CaseList, createCaseList } from '../services/cases/caseList.ts';
import { type Cases, createCases } from '../services/cases/cases.ts';
import type { Channel, OutgoingMessage, SendOutcome } from '../services/channel.ts';
import type { Classifier } from '../services/classification/classifier.ts';
import type { Clock } from '../services/clock.ts';
import { createPermits } from '../services/corrections/permits.ts';
import type { Directory } from '../services/directory/directory.ts';
import { Engine } from '../services/engine/engine.ts';
import type { Log } from '../services/log.ts';
import type { People } from '../services/people/people.ts';
import { reportAggregate } from '../services/reports/decide.ts';
import { createReports, performReport, type Reports } from '../services/reports/reports.ts';
import type { DocumentStore } from '../services/store/store.ts';
import { createViewLog, type ViewLog } from '../services/views/viewLog.ts';
import { performCall } from './effects/call.ts';
import { performReportEffects } from './effects/report.ts';
import { createReceive, type Reply } from './receive.ts';
import type { ConversationReference } from './teams/reference.ts';

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
  /** One authenticated activity in, one answer out. Never throws. */
  receive(activity: unknown): Promise<Reply>;
  /** Lets waiting work follow the organisation: after a change of its file, and at the start. */
  onOrganizationChanged(): Promise<void>;
}

/** The composition root: everything is built here, once, in one direction. */
export function createApp(parts: AppParts): App {
  const { store, clock, log, directory, people, channel } = parts;
  const engine = new Engine({ store, clock, log });
  const effects = { channel, people, directory, clock };
  const views = createViewLog(store, clock);
  const classifier = once(parts.loadClassifier);
  // Effects between documents are performed by services that are made from the documents: called later, never now.
  const between = {
    number: (code: string) => numbering.assign(code),
    cover: (code: string, person: string) => reports.cover(code, person),
  };
  const callDocuments = engine.register(createCallAggregate({ directory }), performCall(effects, between));
  const calls = createCalls({ documents: callDocuments, store, people, directory, clock, log });
  const numbering = createNumbering({ store, read: calls.read, execute: calls.execute });
  const local = performReport({ calls, classifier, directory, clock });
  const showing = { local, views, read: calls.read };
  const reportDocuments = engine.register(reportAggregate, performReportEffects(effects, showing));
  const reports = createReports({ documents: reportDocuments, calls, directory, views, clock, classifier });
  const cases = createCases({ calls, reports, numbering, views, store, directory, clock, log });
  const caseList = createCaseList({ store, directory, clock });
  const receive = createReceive({
    calls,
    reports,
    cases,
    caseList,
    views,
    people,
    directory,
    channel,
    classifier,
    permits: parts.corrections === true ? createPermits({ store, clock, directory }) : undefined,
    clock,
    log,
    serviceHosts: parts.serviceHosts,
    say: (reference, message) => channel.say(reference, message),
  });
  return {
    engine,
    calls,
    reports,
    cases,
    caseList,
    views,
    receive,
    onOrganizationChanged: cases.followOrganization,
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
