import { describe, expect, test } from '@jest/globals';
import { createClassifier } from '../../../services/classification/createClassifier.ts';
import { factsOf } from '../../../services/reports/facts.ts';

const classifier = createClassifier();
const LONG = '説明が終わっても話が続きました。';

describe('what the form says beside the words', () => {
  test('an injury is harm done, a weapon is imminent, whatever the words are', () => {
    expect(classifier.classify('窓口での相談です', { injured: true }).danger).toBe('harm-done');
    expect(classifier.classify('窓口での相談です', { weapon: true }).danger).toBe('imminent');
  });

  test('danger that only a box says quotes nothing', () => {
    expect(classifier.classify('窓口での相談です', { dangerNow: true }).dangerEvidence).toEqual([]);
  });

  test('an hour on the clock suggests 時間拘束, unless the city or a need for accommodation took it', () => {
    const ids = (facts: object) => classifier.classify(LONG, facts).labels.map(({ id }) => id);
    expect(ids({ minutes: 80 })).toContain('time-restraint');
    expect(ids({ minutes: 80, cityFault: 'found' })).not.toContain('time-restraint');
    expect(ids({ minutes: 80, accommodation: true })).not.toContain('time-restraint');
  });

  test('a mistake of the city makes a loud complaint a matter for a person', () => {
    const text = '「どうなっているんだ」と大きな声で言われ、返金を求められました。';
    expect(classifier.classify(text, { cityFault: 'found' }).assessment).not.toBe('harassment');
  });

  test('a repeated contact counts for リピート型', () => {
    const ids = (repeated: boolean) =>
      classifier.classify('同じ用件でまた電話がありました。', { repeated }).labels.map(({ id }) => id);
    expect(ids(true)).toContain('repeated-contact');
  });
});

describe('the full report as facts', () => {
  test('its boxes', () => {
    const values = {
      startedAt: '09:30',
      endedAt: '11:00',
      injury: 'injured',
      cityFault: 'checking',
      accommodation: 'asked',
    };
    expect(factsOf({ dangerNow: false }, values)).toEqual({
      dangerNow: false,
      minutes: 90,
      injured: true,
      cityFault: 'checking',
      accommodation: true,
    });
  });

  test('empty boxes say nothing; a night passes midnight', () => {
    expect(factsOf({ dangerNow: true }, { cityFault: '', injury: 'none' })).toEqual({ dangerNow: true });
    expect(factsOf({ dangerNow: false }, { startedAt: '23:30', endedAt: '00:10' }).minutes).toBe(40);
  });
});
