import { beforeAll, describe, expect, test } from '@jest/globals';
import { liveCard } from '../../../bot/live.ts';
import { isCaller } from '../../../services/calls/access.ts';
import type { Call } from '../../../services/calls/call.ts';
import { isHeld } from '../../../services/calls/draft.ts';
import { createDirectory } from '../../../services/directory/createDirectory.ts';
import { type Directory, LANES } from '../../../services/directory/directory.ts';
import { loadOrganization } from '../../../services/directory/organization.ts';
import type { Envelope } from '../../../services/engine/envelope.ts';
import { always as alwaysIn, type Step } from '../../harness/histories.ts';
import { ORGANIZATION } from '../../harness/organization.ts';
import { Simulation } from '../../harness/simulation.ts';

let directory: Directory;
beforeAll(async () => {
  directory = createDirectory(await loadOrganization(ORGANIZATION));
});

const always = (holds: (simulation: Simulation, step: Step | undefined) => void): void =>
  alwaysIn(() => directory, holds);

describe('whatever people do, whenever', () => {
  test('the caller, the affected person and implicated persons are never paged', () => {
    always((simulation, step) => {
      const { caller, affected, excluded } = simulation.call;
      for (const page of simulation.pages.slice(step?.pages ?? 0)) {
        expect([caller.id, affected?.id, ...excluded]).not.toContain(page.person);
      }
    });
  });

  test('nobody fills both lanes', () => {
    always((simulation) => {
      const { second, generalAffairs } = simulation.call.lanes;
      const both = Object.keys(second.people).filter((id) => generalAffairs.people[id] !== undefined);
      expect(both).toEqual([]);
    });
  });

  test('while an acknowledgement stands, the lane owes no page', () => {
    always((simulation) => {
      for (const lane of LANES) {
        if (!isHeld(simulation.call.lanes[lane]) || simulation.call.lanes[lane].state === 'off') continue;
        const owed = simulation.envelope?.outbox.filter((e) => e.kind === 'page' && e.data.lane === lane);
        expect(owed).toEqual([]);
        expect(simulation.envelope?.timers[`step:${lane}`]).toBeUndefined();
        expect(simulation.envelope?.timers[`repeat:${lane}`]).toBeUndefined();
      }
    });
  });

  test('a lane that nobody has acknowledged pages again within five minutes, for ever', () => {
    always((simulation) => {
      if (simulation.call.status !== 'open') return;
      for (const lane of LANES) {
        const state = simulation.call.lanes[lane];
        if (state.state === 'off') continue;
        expect(state.state).toBe(isHeld(state) ? 'held' : 'paging');
        if (state.state === 'held') continue;
        const next = simulation.envelope?.timers[`repeat:${lane}`] ?? Number.POSITIVE_INFINITY;
        expect(next - simulation.now).toBeLessThanOrEqual(300_000);
      }
    });
  });

  test('a person who was queued is sent a page or the page is still owed', () => {
    always((simulation) => {
      if (simulation.call.status !== 'open') return;
      for (const lane of LANES) {
        const state = simulation.call.lanes[lane];
        if (state.state !== 'paging') continue;
        for (const [id, entry] of Object.entries(state.people)) {
          if (entry.page !== 'queued' || entry.answer !== null) continue;
          const owed = simulation.envelope?.outbox.some((e) => e.kind === 'page' && e.person === id);
          expect({ id, owed }).toEqual({ id, owed: true });
        }
      }
    });
  });

  test('an answer in one lane leaves the other lane as it was', () => {
    always((simulation, step) => {
      if (step?.command?.type !== 'answer') return;
      const probe = new Simulation(directory, simulation.now);
      probe.envelope = simulation.envelope;
      const before = JSON.parse(JSON.stringify(simulation.call.lanes)) as typeof simulation.call.lanes;
      probe.command({ ...step.command, tap: `${step.command.tap} again` });
      const changed = LANES.filter(
        (lane) => JSON.stringify(probe.call.lanes[lane]) !== JSON.stringify(before[lane]),
      );
      expect(changed.length).toBeLessThanOrEqual(1);
    });
  });

  test('after the end nothing is paged, asked or timed any more', () => {
    always((simulation, step) => {
      if (simulation.call.status === 'open') return;
      expect(simulation.envelope?.timers).toEqual({});
      expect(simulation.pages.slice(step?.pages ?? 0)).toEqual([]);
      expect(simulation.envelope?.outbox.filter((e) => e.kind === 'page' && !e.dropped)).toEqual([]);
    });
  });

  test('the same tap delivered again changes nothing', () => {
    always((simulation, step) => {
      const command = step?.command;
      if (command === undefined) return;
      if (command.type === 'show' || command.type === 'join' || command.type === 'reported') return;
      const before = simulation.envelope;
      const pages = simulation.pages.length;
      const again = simulation.command(command);
      expect(again.ok).toBe(false);
      expect(simulation.envelope).toBe(before);
      expect(simulation.pages.length).toBe(pages);
    });
  });

  test('the state survives being stored, stays under 64 KB, and its timeline never runs backwards', () => {
    always((simulation) => {
      const text = JSON.stringify(simulation.envelope);
      expect(JSON.parse(text)).toEqual(simulation.envelope);
      expect(Buffer.byteLength(text)).toBeLessThan(64 * 1024);
      const times = simulation.call.timeline.map((entry) => entry.at);
      expect(times).toEqual([...times].sort((a, b) => a - b));
    });
  });

  test('every card that is out ends at the current state', () => {
    always((simulation) => {
      const { rev } = simulation.envelope as Envelope<Call>;
      for (const [id, copy] of Object.entries(simulation.call.copies)) {
        const current = isCaller(simulation.call, id) ? rev : (simulation.call.shared?.rev ?? rev);
        if (copy.shownRev >= current) continue;
        const owed = simulation.envelope?.outbox.some(
          (e) => ['card', 'page', 'notice'].includes(e.kind) && e.person === id,
        );
        expect({ id, owed }).toEqual({ id, owed: true });
      }
    });
  });

  test('what leaves the cards of those who were called as they are changes nothing that these show', () => {
    always((simulation, step) => {
      const { call, now } = simulation;
      if (step === undefined || step.before.rev === simulation.envelope?.rev) return;
      if (call.shared?.rev === simulation.envelope?.rev) return;
      const card = (state: Call, viewer: string) =>
        liveCard(directory, { call: state, viewer, language: 'ja', now }).card;
      for (const viewer of Object.keys(call.copies)) {
        if (isCaller(call, viewer)) continue;
        expect(card(call, viewer)).toEqual(card(step.before.state, viewer));
      }
    });
  });
});
