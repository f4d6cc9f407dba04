import { describe, expect, test } from '@jest/globals';
import { CATEGORY_IDS } from '../../../services/classification/classifier.ts';
import { harmDone, imminent } from '../../../services/classification/cues/danger.ts';
import { doubt, legitimate } from '../../../services/classification/cues/doubt.ts';
import { LEXICON } from '../../../services/classification/lexicon.ts';

const cues = [...LEXICON.flatMap((list) => list.cues), ...harmDone, ...imminent, ...doubt, ...legitimate];

describe('the lexicon', () => {
  test('has one list for each category, in the policy’s order', () => {
    expect(LEXICON.map((list) => list.category)).toEqual([...CATEGORY_IDS]);
  });

  test('names every cue once and weighs it between 0 and 1', () => {
    expect(new Set(cues.map((cue) => cue.id)).size).toBe(cues.length);
    for (const cue of cues) {
      expect(cue.weight).toBeGreaterThan(0);
      expect(cue.weight).toBeLessThan(1);
      expect(cue.note).not.toBe('');
    }
  });

  test('has no cue that matches nothing at all or an ordinary sentence', () => {
    for (const cue of cues) {
      cue.pattern.lastIndex = 0;
      expect([cue.id, cue.pattern.exec('')]).toEqual([cue.id, null]);
      cue.pattern.lastIndex = 0;
      const ordinary = '本日、市民税の申告書を受け付けました。控えをお渡しし、次の手続きをお伝えしました。';
      expect([cue.id, cue.pattern.exec(ordinary)]).toEqual([cue.id, null]);
    }
  });
});
