import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Call, Handling } from '../../../services/calls/call.ts';
import type { CallCommand } from '../../../services/calls/commands.ts';
import { NOT_HANDLED } from '../../../services/calls/handling.ts';
import { isAffected } from '../../../services/calls/roles.ts';
import { createDirectory } from '../../../services/directory/createDirectory.ts';
import type { Directory } from '../../../services/directory/directory.ts';
import { loadOrganization } from '../../../services/directory/organization.ts';
import type { Envelope } from '../../../services/engine/envelope.ts';
import { always as alwaysIn, type Step } from '../../harness/histories.ts';
import { ORGANIZATION } from '../../harness/organization.ts';
import { Simulation } from '../../harness/simulation.ts';

let directory: Directory;
beforeAll(async () => {
  directory = createDirectory(await loadOrganization(ORGANIZATION));
});

/** How often what a test is about happened at all. */
let seen = 0;
afterEach(() => {
  expect(seen).toBeGreaterThan(3);
  seen = 0;
});

/** General Affairs does as much as everybody else together. */
const always = (holds: (simulation: Simulation, step: Step) => void): void =>
  alwaysIn(
    () => directory,
    (simulation, step) => {
      if (step !== undefined) holds(simulation, step);
    },
    { runs: 100, handling: 12 },
  );

const handled = ({ handling = NOT_HANDLED }: Call): Handling => handling;

type Of<T, C = CallCommand> = C extends { readonly type: infer U } ? (T extends U ? C : never) : never;

/** The command, when it is of this type and was carried out. */
const applied = <T extends CallCommand['type']>({ command, decision }: Step, type: T) =>
  command?.type === type && decision?.ok === true ? (command as Of<T>) : undefined;

const anyApplied = ({ command, decision }: Step, ...types: CallCommand['type'][]) =>
  command !== undefined && decision?.ok === true && types.includes(command.type) ? command : undefined;

/** What pages people, and when: lanes, timers, and whatever is owed to them. */
const paging = (envelope: Envelope<Call> | undefined) => ({
  lanes: envelope?.state.lanes,
  timers: envelope?.timers,
  pages: envelope?.outbox.filter(({ kind, dropped }) => kind === 'page' && !dropped),
  alarms: envelope?.outbox.filter(({ kind, dropped }) => kind === 'alarm' && !dropped),
});

describe('whatever General Affairs does with a case, amid the call or after it', () => {
  test('未受付 → 受付済み → 対応終了 and back to 受付済み: nothing else', () => {
    const reached = new Set<string>();
    always(({ call }, step) => {
      const from = handled(step.before.state).phase;
      const to = handled(call).phase;
      if (from === to) return;
      reached.add(`${from} ${to}`);
      seen += 1;
    });
    expect([...reached].sort()).toEqual(['accepted closed', 'closed accepted', 'new accepted']);
  });

  test('who accepted it and when stays; who closed it stands there while it is closed', () => {
    always(({ call, now }, step) => {
      const before = handled(step.before.state);
      const after = handled(call);
      expect(after.accepted === null).toBe(after.phase === 'new');
      expect(after.closed === null).toBe(after.phase !== 'closed');
      if (before.accepted !== null) expect(after.accepted).toEqual(before.accepted);
      else if (after.accepted !== null)
        expect(after.accepted).toEqual({ by: applied(step, 'accept')?.by, at: now });
      if (before.closed !== null && after.phase === 'closed') expect(after.closed).toEqual(before.closed);
      if (before.closed === null && after.closed !== null) {
        expect(after.closed).toEqual({ by: applied(step, 'close')?.by, at: now });
        seen += 1;
      }
    });
  });

  test('only General Affairs does any of it, never with a case of their own or one they are left out of', () => {
    always((_simulation, step) => {
      const done = anyApplied(step, 'accept', 'assign', 'close', 'reopen');
      if (done === undefined || !('by' in done)) return;
      const by = done.by.id;
      const { state } = step.before;
      expect(directory.isGeneralAffairs(by)).toBe(true);
      expect(isAffected(state, by)).toBe(false);
      expect(state.excluded).not.toContain(by);
      seen += 1;
    });
  });

  test('whoever has the case is of General Affairs, not part of it and not left out of it', () => {
    always(({ call }) => {
      const { assignee, phase } = handled(call);
      if (assignee === null) return;
      expect(directory.isGeneralAffairs(assignee.id)).toBe(true);
      expect(call.excluded).not.toContain(assignee.id);
      expect(isAffected(call, assignee.id)).toBe(false);
      expect(phase).not.toBe('new');
      seen += 1;
    });
  });

  test('accepting, giving, reopening or numbering it neither stops nor starts a page (promise 2)', () => {
    always(({ envelope, pages }, step) => {
      const types = ['accept', 'assign', 'release', 'reopen', 'try-number', 'numbered'] as const;
      if (anyApplied(step, ...types) === undefined) return;
      expect(paging(envelope)).toEqual(paging(step.before));
      expect(pages).toHaveLength(step.pages);
      if (step.before.state.status === 'open' && step.before.state.level !== 'report') seen += 1;
    });
  });

  test('closing it while people are called must be meant, and then stops every page for good (promise 2)', () => {
    always((simulation, step) => {
      const { call, envelope } = simulation;
      if (step.command?.type !== 'close') return;
      const { status, level } = step.before.state;
      const isCalling = status === 'open' && level !== 'report';
      if (applied(step, 'close') === undefined) {
        expect(envelope).toBe(step.before);
        return;
      }
      expect(call.status).not.toBe('open');
      expect(isCalling && !step.command.sure).toBe(false);
      expect(envelope?.timers).toEqual({});
      const { pages, alarms } = paging(envelope);
      // Danger that was read in a report after the end is told all the same.
      expect([pages, status === 'open' ? alarms : []]).toEqual([[], []]);
      expect(envelope?.outbox.some(({ kind }) => kind === 'cover')).toBe(true);
      if (isCalling) seen += 1;
    });
  });

  test('a close that was not meant is the only one that is refused for it', () => {
    always((_simulation, { command, decision, before }) => {
      if (command?.type !== 'close' || decision?.ok !== false) return;
      const { status, level } = before.state;
      if (decision.reason !== 'still-calling') return;
      expect([status, level === 'report', command.sure]).toEqual(['open', false, false]);
      seen += 1;
    });
  });

  test('a case is taken from somebody only when they are not of General Affairs any more', () => {
    always((simulation, step) => {
      // Everybody is still where they were: nothing is ever taken from them by itself.
      expect(applied(step, 'release')).toBeUndefined();
      const { assignee, phase } = handled(simulation.call);
      if (assignee === null) return;
      const elsewhere: Directory = {
        ...directory,
        isGeneralAffairs: (id) => id !== assignee.id && directory.isGeneralAffairs(id),
        posts: () => ({ heads: [], departments: [], isManager: false }),
      };
      const probe = new Simulation(elsewhere, simulation.now);
      probe.envelope = simulation.envelope;
      const taken = probe.command({ type: 'release', person: assignee.id });
      // What is over waits for nobody.
      expect(taken.ok).toBe(phase === 'accepted');
      expect(handled(probe.call).assignee).toEqual(phase === 'accepted' ? null : assignee);
      const other = probe.command({ type: 'release', person: 'somebody else' });
      expect(other.ok).toBe(false);
      seen += 1;
    });
  });

  test('somebody left out, also after the end, loses the case and what they have open of it, and is not told', () => {
    always(({ call, envelope, pages }, step) => {
      const excluded = applied(step, 'exclude')?.person;
      if (excluded === undefined) return;
      expect(call.excluded).toContain(excluded);
      expect(handled(call).assignee?.id).not.toBe(excluded);
      const owed = envelope?.outbox.filter((effect) => effect.person === excluded && !effect.dropped) ?? [];
      expect(owed.some(({ kind }) => kind === 'cover')).toBe(true);
      expect(owed.filter(({ kind }) => kind === 'page' || kind === 'notice')).toEqual([]);
      if (step.before.state.status !== 'open') expect(pages).toHaveLength(step.pages);
      seen += 1;
    });
  });

  test('the number that is noted or taken follows from the one before, and one that is taken stays', () => {
    always(({ call, envelope }, step) => {
      const before = handled(step.before.state);
      const after = handled(call);
      const tried = applied(step, 'try-number');
      const taken = applied(step, 'numbered');
      if (tried !== undefined)
        expect([tried.instead, tried.number]).toEqual([before.candidate, after.candidate]);
      else expect(after.candidate).toEqual(before.candidate);
      if (before.number !== null) {
        expect(after.number).toEqual(before.number);
        expect([tried, taken]).toEqual([undefined, undefined]);
      } else if (taken !== undefined) {
        expect([before.candidate, after.number]).toEqual([taken.number, taken.number]);
        seen += 1;
      } else expect(after.number).toBeNull();
      // Accepted and without a number: the engine still owes it, whatever has happened since.
      const owes = envelope?.outbox.some(({ kind, dropped }) => kind === 'number' && !dropped);
      if (after.phase !== 'new' && after.number === null) expect(owes).toBe(true);
    });
  });

  test('the document stays small', () => {
    always(({ envelope }) => {
      expect(Buffer.byteLength(JSON.stringify(envelope))).toBeLessThan(64 * 1024);
      seen += 1;
    });
  });
});
