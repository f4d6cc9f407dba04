import { describe, expect, test } from '@jest/globals';
import type { Message } from '../sink/message.ts';
import { claimsOf, duplicatesOf } from './duplicates.ts';
import { historyOf } from './history.ts';
import { latePages } from './late.ts';
import type { TracedCall, TracedEffect, TracedLane } from './line.ts';
import type { Write } from './writes.ts';

const lane: TracedLane = { round: 1, answers: [], came: null };
const held: TracedLane = { round: 1, answers: [['p1', 'going', 1]], came: null };
const page = (claim: string | null, over: Partial<TracedEffect> = {}): TracedEffect => ({
  key: 'page:second:1:0:0:p2',
  kind: 'page',
  person: 'p2',
  lane: 'second',
  attempt: 1,
  claim,
  uncertain: 0,
  ...over,
});
const call = (owed: readonly TracedEffect[], second = lane, open = true): TracedCall => ({
  open,
  lanes: { second, generalAffairs: lane },
  owed,
  copies: {},
});
const write = (before: string | null, after: string | undefined, of: TracedCall, at = 0): Write => ({
  worker: 'w0',
  code: 'K-TEST',
  at,
  before,
  after,
  call: of,
  isRefused: false,
});

describe('pages claimed too late', () => {
  const lateIn = (...writes: Write[]) => latePages(historyOf('K-TEST', writes)).map(({ why }) => why);

  test('a claim that is new in a version with an acknowledgement, or after the end', () => {
    const first = write(null, 'a', call([page(null)]));
    expect(lateIn(first, write('a', 'b', call([page('c1')])))).toEqual([]);
    expect(lateIn(first, write('a', 'b', call([page('c1')], held)))).toEqual(['acknowledged']);
    expect(lateIn(first, write('a', 'b', call([page('c1')], lane, false)))).toEqual(['closed']);
  });

  test('one that was under way when somebody answered is not', () => {
    const writes = [write(null, 'a', call([page('c1')])), write('a', 'b', call([page('c1')], held))];
    expect(lateIn(...writes)).toEqual([]);
  });

  test('an answer of an earlier round holds nothing', () => {
    const old: TracedLane = { ...held, round: 2 };
    expect(lateIn(write(null, 'a', call([page('c1')], old)))).toEqual([]);
  });

  test('the order is that of the store, not of the files; a write whose worker died is in its place', () => {
    const [one, two] = [write(null, 'a', call([])), write('a', undefined, call([page('c1')]), 1)];
    const three = write('x', 'y', call([page('c1')], held), 2);
    const { writes, loose } = historyOf('K-TEST', [three, two, one]);
    expect(writes).toEqual([one, two, three]);
    expect(loose).toEqual([]);
    expect(lateIn(three, two, one)).toEqual([]);
  });
});

describe('duplicates', () => {
  const message = (claim: string, over: Partial<Message> = {}): Message => {
    const tag = { worker: 'w0', code: 'K-TEST', key: page(null).key, attempt: 1, claim };
    return { person: 'p2', id: claim, tag, isAnswerLost: false, ...over } as Message;
  };
  const reasons = (writes: Write[], messages: Message[]) =>
    duplicatesOf('K-TEST', { messages, writes, claims: claimsOf(writes) }).map(({ because }) => because);
  const twice = (uncertain: number) => [
    write(null, 'a', call([page('c1')])),
    write('a', 'b', call([page('c2', { attempt: 2, uncertain })])),
  ];

  test('are explained by an attempt that the document counts as uncertain, and by nothing else', () => {
    expect(reasons(twice(1), [message('c1', { isAnswerLost: true }), message('c2')])).toEqual([
      'answer lost',
    ]);
    expect(reasons(twice(1), [message('c1'), message('c2')])).toEqual(['worker gone']);
    expect(reasons(twice(0), [message('c1'), message('c2')])).toEqual([undefined]);
  });

  test('one attempt sends once', () => {
    expect(reasons(twice(1), [message('c1'), message('c1')])).toEqual([undefined]);
  });

  test('nothing is sent without a claim that was written', () => {
    const refused = { ...write(null, undefined, call([page('c1')])), isRefused: true };
    expect(reasons([refused], [message('c1')])).toEqual([undefined]);
    expect(reasons([], [message('c9')])).toEqual([undefined]);
  });
});
