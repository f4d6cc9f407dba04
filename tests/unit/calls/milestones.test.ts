import { describe, expect, test } from '@jest/globals';
import type { Call } from '../../../services/calls/call.ts';
import { caseLog } from '../../../services/calls/caseLog.ts';
import { milestones } from '../../../services/calls/milestones.ts';
import type { Envelope } from '../../../services/engine/envelope.ts';
import { silentLog } from '../../../services/log.ts';
import { openCity } from '../../harness/city.ts';

const call = { level: 'assist', status: 'open', openedAt: 10_000 } as Call;
const kinds = (before: Call | undefined, after: Call) => milestones(before, after).map(({ kind }) => kind);

test('each is told of once, by the write that brings it about', () => {
  const paged = { ...call, firstPageAt: 11_000 };
  const answered = { ...paged, firstAnswerAt: 30_000 };
  const ended = { ...answered, status: 'ended' } as Call;
  expect(kinds(undefined, call)).toEqual(['opened']);
  expect(kinds(call, call)).toEqual([]);
  expect(kinds(call, paged)).toEqual(['paged']);
  expect(kinds(paged, answered)).toEqual(['acknowledged']);
  expect(kinds(answered, ended)).toEqual(['closed']);
  expect(kinds(ended, ended)).toEqual([]);
});

test('times run from the arrival, or from the opening where that is all that is known; never below nothing', () => {
  const ms = (fields: Partial<Call>) =>
    milestones(call, { ...call, ...fields }).map((one) => ('ms' in one ? one.ms : undefined));
  expect(ms({ firstPageAt: 12_000 })).toEqual([2_000]);
  expect(ms({ arrivedAt: 9_500, firstPageAt: 12_000 })).toEqual([2_500]);
  expect(ms({ firstPageAt: 9_000 })).toEqual([0]);
});

test('the log of a case has its code and nothing else', () => {
  const logged: object[] = [];
  const log = { ...silentLog, info: (fields: object, msg: string) => void logged.push({ ...fields, msg }) };
  const envelope = (state: Call) => ({ state }) as Envelope<unknown>;
  const key = { kind: 'call', id: 'K-7F3Q' };
  caseLog(log).committed?.({ key, before: undefined, after: envelope(call) });
  caseLog(log).committed?.({
    key: { kind: 'record', id: 'K-7F3Q' },
    before: undefined,
    after: envelope(call),
  });
  expect(logged).toEqual([{ code: 'K-7F3Q', msg: 'case opened' }]);
});

describe('in the document of a call', () => {
  test('the first page and the first acknowledgement stay what they were, also after a new round', async () => {
    const city = await openCity();
    const { world, sato, suzuki, shimizu } = city;
    await world.installs(sato, suzuki, shimizu);
    const opened = world.clock.now();
    for (const person of [suzuki, shimizu]) world.channel.fail(person, { kind: 'retry', reason: 'HTTP 429' });
    await world.says(sato, '応援 2番窓口');
    await world.pass(10);
    await world.presses(suzuki, '向かいます');
    await world.pass(30);
    await world.presses(sato, '緊急に切り替える');
    await world.pass(30);
    const code = await world.codeOf(sato);
    const { arrivedAt, firstPageAt = 0, firstAnswerAt } = (await world.app.calls.read(code)) as Call;
    expect(arrivedAt).toBe(opened);
    expect(firstPageAt).toBeGreaterThan(opened);
    expect(firstPageAt).toBeLessThan(opened + 10_000);
    expect(firstAnswerAt).toBe(opened + 10_000);
    await world.close();
  });
});
