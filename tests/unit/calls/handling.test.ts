import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { listingOf, TERMS } from '../../../services/calls/listing.ts';
import { createDirectory } from '../../../services/directory/createDirectory.ts';
import type { Directory } from '../../../services/directory/directory.ts';
import { loadOrganization } from '../../../services/directory/organization.ts';
import { person } from '../../harness/histories.ts';
import { ORGANIZATION } from '../../harness/organization.ts';
import { participant, Simulation } from '../../harness/simulation.ts';

let directory: Directory;
beforeAll(async () => {
  directory = createDirectory(await loadOrganization(ORGANIZATION));
});

const SATO = person(101);
const SUZUKI = person(102);
const SHIMIZU = person(301);
const HAYASHI = person(302);
const who = (id: string) => participant(directory, id);

let case1: Simulation;
beforeEach(() => {
  case1 = open('assist');
});

function open(level: 'assist' | 'report'): Simulation {
  const simulation = new Simulation(directory, Date.parse('2026-11-24T10:00:00+09:00'));
  const place = directory.resolvePlace('2番窓口', directory.person(SATO));
  const rest = { code: 'K-TEST', number: 0, affected: null, excluded: [] };
  simulation.command({ type: 'open', by: who(SATO), level, place, ...rest });
  return simulation;
}

const accept = (by = SHIMIZU) => case1.command({ type: 'accept', by: who(by) });
const assign = (to: string | null, by = SHIMIZU) =>
  case1.command({ type: 'assign', by: who(by), to: to === null ? null : who(to) });
const terms = () => listingOf(case1.call).terms.filter((term) => term.startsWith('todo:'));
const owed = (kind: string) => case1.envelope?.outbox.filter((effect) => effect.kind === kind) ?? [];

describe('accepting', () => {
  test('owes a number, once; the second officer is told who was first', () => {
    expect(accept()).toMatchObject({ ok: true });
    expect(owed('number')).toHaveLength(1);
    expect(accept(HAYASHI)).toMatchObject({
      ok: false,
      reason: 'already-accepted',
      detail: { name: '清水 陽子' },
    });
  });

  test('is for General Affairs', () => {
    for (const id of [SATO, SUZUKI, person(105), person(121), person(901), person(999)]) {
      const told = case1.command({ type: 'accept', by: who(id) });
      expect({ id, ok: told.ok }).toEqual({ id, ok: false });
    }
    expect(case1.call.handling).toBeUndefined();
  });
});

describe('the number', () => {
  const first = { year: 2026, n: 1 };
  const second = { year: 2026, n: 2 };

  test('is tried only for a case that has been accepted', () => {
    expect(case1.command({ type: 'try-number', number: first, instead: null }).ok).toBe(false);
  });

  test('moves on only from the one that stands noted', () => {
    accept();
    case1.command({ type: 'try-number', number: first, instead: null });
    expect(case1.command({ type: 'try-number', number: second, instead: null }).ok).toBe(false);
    expect(case1.command({ type: 'try-number', number: second, instead: second }).ok).toBe(false);
    expect(case1.command({ type: 'try-number', number: second, instead: first }).ok).toBe(true);
  });

  test('is only the one that stands noted, and then no other', () => {
    accept();
    expect(case1.command({ type: 'numbered', number: first }).ok).toBe(false);
    case1.command({ type: 'try-number', number: first, instead: null });
    expect(case1.command({ type: 'numbered', number: second }).ok).toBe(false);
    expect(case1.command({ type: 'numbered', number: { ...first, year: 2027 } }).ok).toBe(false);
    expect(case1.command({ type: 'numbered', number: first }).ok).toBe(true);
    expect(case1.command({ type: 'numbered', number: first }).ok).toBe(false);
    expect(case1.command({ type: 'try-number', number: second, instead: first }).ok).toBe(false);
    expect(case1.call.handling).toMatchObject({ number: first, candidate: first });
    expect(owed('number')).toEqual([]);
  });

  test('is owed until the case has it, whatever its effect says, also after the end', () => {
    accept();
    case1.command({ type: 'close', by: who(SHIMIZU), sure: true });
    for (const outcome of ['delivered', 'gone', 'rejected', 'unreachable'] as const) {
      const index = case1.envelope?.outbox.findIndex(({ kind }) => kind === 'number') ?? -1;
      expect(index).toBeGreaterThanOrEqual(0);
      case1.settle(index, outcome);
      case1.now += 60_000;
    }
    expect(owed('number')).toHaveLength(1);
  });
});

describe('whoever has the case', () => {
  beforeEach(() => {
    accept();
    assign(HAYASHI);
  });

  test('is told, unless they took it themselves; the same once more is nothing new', () => {
    expect(
      owed('notice').filter(({ person: to, data }) => to === HAYASHI && data.notice === 'assigned'),
    ).toHaveLength(1);
    expect(terms()).toEqual([TERMS.assigned(HAYASHI)]);
    expect(assign(HAYASHI)).toMatchObject({ ok: false, reason: 'answered' });
    assign(SHIMIZU);
    expect(owed('notice').some(({ person: to, data }) => to === SHIMIZU && data.notice === 'assigned')).toBe(
      false,
    );
    assign(null);
    expect(terms()).toEqual([TERMS.waiting]);
  });

  test('is of General Affairs', () => {
    for (const id of [SATO, SUZUKI, person(105), person(901), person(999)])
      expect(assign(id)).toMatchObject({ ok: false, reason: 'unknown-person' });
    expect(case1.call.handling?.assignee?.id).toBe(HAYASHI);
  });

  test('has it no longer when they turn out to be implicated, also after the end of the call', () => {
    case1.command({ type: 'end', by: who(SATO) });
    case1.command({ type: 'exclude', by: who(SATO), person: HAYASHI });
    expect(terms()).toEqual([TERMS.waiting]);
    expect(owed('cover').map((effect) => effect.person)).toEqual([HAYASHI]);
    expect(assign(HAYASHI)).toMatchObject({ ok: false, reason: 'unknown-person' });
  });

  test('has it no longer when it turns out to be their own', () => {
    const affected = who(HAYASHI);
    case1.command({ type: 'join', by: who(SATO), level: 'assist', place: null, affected, excluded: [] });
    expect(terms()).toEqual([TERMS.waiting]);
    expect(assign(HAYASHI)).toMatchObject({ ok: false, reason: 'unknown-person' });
  });
});

describe('closing', () => {
  const close = (sure: boolean) => case1.command({ type: 'close', by: who(SHIMIZU), sure });

  test('while people are called must be meant; a written report calls nobody', () => {
    accept();
    expect(close(false)).toMatchObject({ ok: false, reason: 'still-calling' });
    expect(case1.call.status).toBe('open');
    expect(close(true).ok).toBe(true);
    expect(case1.call.status).toBe('ended');
    case1 = open('report');
    accept();
    expect(close(false).ok).toBe(true);
  });

  test('is followed by a report: the case is open again, whoever has it is told, the call stays ended', () => {
    accept();
    assign(HAYASHI);
    close(true);
    case1.command({ type: 'reported', by: who(SATO), dangerInText: false });
    expect(case1.call.handling).toMatchObject({ phase: 'accepted', closed: null });
    expect(case1.call.status).toBe('ended');
    expect(owed('notice').some(({ person: to, data }) => to === HAYASHI && data.notice === 'report')).toBe(
      true,
    );
    expect(terms()).toEqual([TERMS.assigned(HAYASHI)]);
  });

  test('makes neutral what stands open of the narrative', () => {
    accept();
    close(true);
    expect(owed('cover').map((effect) => effect.person)).toEqual(['']);
  });
});
