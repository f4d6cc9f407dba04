import { beforeAll, describe, expect, test } from '@jest/globals';
import { isHeld } from '../../../services/calls/draft.ts';
import { createDirectory } from '../../../services/directory/createDirectory.ts';
import { type Directory, LANES } from '../../../services/directory/directory.ts';
import { loadOrganization } from '../../../services/directory/organization.ts';
import { always as alwaysIn } from '../../harness/histories.ts';
import { ORGANIZATION } from '../../harness/organization.ts';
import type { Simulation } from '../../harness/simulation.ts';

let directory: Directory;
beforeAll(async () => {
  directory = createDirectory(await loadOrganization(ORGANIZATION));
});

const always = (holds: (simulation: Simulation, before: ReadonlySet<string>) => void): void => {
  const seen = new WeakMap<Simulation, Set<string>>();
  alwaysIn(
    () => directory,
    (simulation) => {
      const before = seen.get(simulation) ?? new Set<string>();
      holds(simulation, before);
      for (const { key } of signals(simulation)) before.add(key);
      seen.set(simulation, before);
    },
  );
};

const signals = ({ envelope }: Simulation) => envelope?.outbox.filter(({ kind }) => kind === 'signal') ?? [];

describe('whatever people do, whenever: what is owed to the second way', () => {
  test('nothing of a lane that somebody has answered in, nothing after the end', () => {
    always((simulation) => {
      const { lanes, status } = simulation.call;
      const owed = signals(simulation).filter(({ dropped }) => !dropped);
      if (status !== 'open') expect(owed).toEqual([]);
      for (const lane of LANES) {
        if (!isHeld(lanes[lane]) && lanes[lane].state !== 'off') continue;
        expect(owed.filter(({ data }) => data.lane === lane)).toEqual([]);
      }
    });
  });

  test('of a lane one thing at a time, and only of its present round', () => {
    always((simulation) => {
      for (const lane of LANES) {
        const owed = signals(simulation).filter(({ data, dropped }) => data.lane === lane && !dropped);
        expect(owed.length).toBeLessThanOrEqual(1);
        const { round } = simulation.call.lanes[lane];
        for (const { key } of owed) expect(key).toContain(`:${lane}:${round}`);
      }
    });
  });

  test('a call that has become 緊急 owes its alarm until it is delivered, and only once', () => {
    always((simulation, before) => {
      const isOwed = signals(simulation).some(({ key }) => key === 'signal:emergency');
      if (isOwed) expect(simulation.call.level).toBe('emergency');
      if (simulation.call.level === 'emergency' && simulation.call.status === 'open')
        expect(isOwed || before.has('signal:emergency')).toBe(true);
    });
  });
});
