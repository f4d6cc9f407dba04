import { LEVELS } from '../calls/level.ts';

/**
 * Every number that is measured. A label takes only the values that stand here, and what is none of them becomes
 * `other`: nothing a person wrote, no name, no code and no id can get out this way, and the number of series is known.
 *
 * Promise 8: nobody is measured. There is no label for a person, and none for a lane, a section or a place either: many
 * of them are one person. Times are those of a call as a whole.
 */

const OUTCOMES = [
  'delivered',
  'unreachable',
  'retry',
  'held-back',
  'throttled',
  'uncertain',
  'gone',
  'rejected',
  'done',
  'defect',
] as const;
const STORE_OPERATIONS = ['create', 'read', 'replace', 'due', 'nextDue', 'list', 'all', 'ping'] as const;

const seconds = (...buckets: number[]): readonly number[] => buckets;

export const COUNTERS = {
  mamori_calls_opened_total: { help: 'Cases opened', labels: { level: LEVELS } },
  mamori_calls_closed_total: { help: 'Calls ended or cancelled', labels: { how: ['ended', 'cancelled'] } },
  mamori_pages_total: {
    help: 'Attempts to page somebody, by what became of them',
    labels: { level: LEVELS, outcome: OUTCOMES },
  },
  mamori_effects_total: {
    help: 'Attempts at what documents owe, by what became of them',
    labels: {
      kind: [
        'page',
        'notice',
        'card',
        'retire',
        'post',
        'alarm',
        'signal',
        'announce',
        'number',
        'cover',
        'classify',
        'suggest',
        'tell',
        'neutral',
        'check',
        'invite',
        'list',
        'result',
        'test',
      ],
      outcome: [...OUTCOMES, 'suggested', 'told', 'quiet', 'batch'],
    },
  },
  mamori_claims_expired_total: {
    help: 'Attempts taken over after the claim of an earlier one had expired: its outcome is unknown',
    labels: {},
  },
  mamori_sends_total: {
    help: 'Requests to Teams',
    labels: {
      operation: ['send', 'update', 'say', 'reach'],
      to: ['person', 'channel', 'conversation'],
      outcome: [...OUTCOMES, 'reachable', 'unknown'],
    },
  },
  mamori_store_calls_total: {
    help: 'Calls of the store',
    labels: {
      operation: STORE_OPERATIONS,
      outcome: [
        'ok',
        'already-exists',
        'stale',
        'too-large',
        'bad-cursor',
        'unavailable',
        'incompatible',
        'damaged',
      ],
    },
  },
  mamori_cosmos_requests_total: {
    help: 'Requests to Cosmos DB, with repetitions',
    labels: {
      operation: [...STORE_OPERATIONS, 'open'],
      status: [
        '200',
        '201',
        '204',
        '304',
        '400',
        '401',
        '403',
        '404',
        '408',
        '409',
        '410',
        '412',
        '413',
        '429',
        '449',
        '500',
        '503',
        'none',
      ],
    },
  },
  mamori_cosmos_request_units_total: {
    help: 'Request units that Cosmos DB charged',
    labels: { operation: [...STORE_OPERATIONS, 'open'] },
  },
  mamori_documents_skipped_total: {
    help: 'Passes over a document that could not be served',
    labels: { reason: ['undecodable', 'newer', 'defect'] },
  },
  mamori_heartbeats_total: { help: 'Heartbeats', labels: { outcome: ['ok', 'refused', 'failed'] } },
  mamori_alarms_total: {
    help: 'Attempts to raise an alarm on the second way',
    labels: {
      reason: ['emergency', 'unanswered', 'exhausted', 'engine-ill', 'engine-well', 'case-stuck'],
      outcome: ['delivered', 'retry', 'uncertain', 'rejected'],
    },
  },
} as const satisfies Catalogue;

export const HISTOGRAMS = {
  mamori_tap_to_page_seconds: {
    help: 'From the arrival of a call to its first delivered page',
    labels: { level: LEVELS },
    buckets: seconds(0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 15, 30, 60, 120, 300),
  },
  mamori_tap_to_acknowledge_seconds: {
    help: 'From the arrival of a call to its first acknowledgement',
    labels: { level: LEVELS },
    buckets: seconds(5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600, 1200, 1800),
  },
  mamori_timer_lateness_seconds: {
    help: 'How late timers fire',
    labels: {
      timer: ['step', 'repeat', 'arrive', 'lapse', 'police', 'check', 'test', 'change', 'again', 'list'],
    },
    buckets: seconds(0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 15, 30, 60, 300),
  },
  mamori_send_seconds: {
    help: 'How long requests to Teams take',
    labels: { operation: ['send', 'update', 'say', 'reach'] },
    buckets: seconds(0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 15),
  },
  mamori_store_seconds: {
    help: 'How long calls of the store take',
    labels: { operation: STORE_OPERATIONS },
    buckets: seconds(0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10),
  },
} as const satisfies Catalogue;

export const GAUGES = {
  mamori_ready: { help: '1 while the audit passes', labels: {} },
  mamori_ill: { help: '1 while people are told that Mamori has stopped', labels: {} },
  mamori_documents_unserved: { help: 'Due documents that cannot be served', labels: {} },
  mamori_poll_age_seconds: { help: 'Since the engine last looked into the store', labels: {} },
  mamori_attempts_under_way: { help: 'Attempts that have not ended', labels: {} },
  mamori_attempts_over_claim: { help: 'Attempts that have outlived their claim', labels: {} },
  mamori_outbox_depth: { help: 'What is owed by the documents this instance wrote lately', labels: {} },
  mamori_sends_waiting: { help: 'Messages that wait for their turn under the limits of Teams', labels: {} },
  mamori_calls_open: { help: 'Calls that are open in the store (counted up to 200)', labels: {} },
} as const satisfies Catalogue;

interface Instrument {
  readonly help: string;
  readonly labels: Readonly<Record<string, readonly string[]>>;
  /** Of histograms, in seconds. */
  readonly buckets?: readonly number[];
}

type Catalogue = Readonly<Record<string, Instrument>>;
