import { type Calls, createCalls } from '../services/calls/calls.ts';
import { createCallAggregate } from '../services/calls/decide.ts';
import type { Channel, OutgoingMessage, SendOutcome } from '../services/channel.ts';
import type { Classifier } from '../services/classification/classifier.ts';
import type { Clock } from '../services/clock.ts';
import type { Directory } from '../services/directory/directory.ts';
import { Engine } from '../services/engine/engine.ts';
import type { Log } from '../services/log.ts';
import type { People } from '../services/people/people.ts';
import { reportAggregate } from '../services/reports/decide.ts';
import { createReports, performReport, type Reports } from '../services/reports/reports.ts';
import type { DocumentStore } from '../services/store/store.ts';
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
}

export interface App {
  readonly engine: Engine;
  readonly calls: Calls;
  readonly reports: Reports;
  /** One authenticated activity in, one answer out. Never throws. */
  receive(activity: unknown): Promise<Reply>;
}

/** The composition root: everything is built here, once, in one direction. */
export function createApp(parts: AppParts): App {
  const { store, clock, log, directory, people, channel } = parts;
  const engine = new Engine({ store, clock, log });
  const effects = { channel, people, directory, clock };
  const callDocuments = engine.register(createCallAggregate({ directory }), performCall(effects));
  const calls = createCalls({ documents: callDocuments, store, people, directory, clock, log });
  const classifier = once(parts.loadClassifier);
  const local = performReport({ calls, classifier });
  const reportDocuments = engine.register(reportAggregate, performReportEffects(effects, local));
  const reports = createReports({ documents: reportDocuments, calls, directory, classifier });
  const receive = createReceive({
    calls,
    reports,
    people,
    directory,
    channel,
    classifier,
    clock,
    log,
    tenantId: directory.tenantId,
    serviceHosts: parts.serviceHosts,
    say: (reference, message) => channel.say(reference, message),
  });
  return { engine, calls, reports, receive };
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
