import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { callerCard } from '../../../cards/callerCard.ts';
import { casesCard } from '../../../cards/casesCard.ts';
import { channelCard } from '../../../cards/channelCard.ts';
import { noticeCard } from '../../../cards/noticeCard.ts';
import { reportFormCard } from '../../../cards/reportFormCard.ts';
import { responderCard } from '../../../cards/responderCard.ts';
import { suggestionCard } from '../../../cards/suggestionCard.ts';
import type { Call } from '../../../services/calls/call.ts';
import { calls, directory, NOW } from '../../fixtures/calls.ts';
import { elements, ofType, textOf } from './elements.ts';
import { nothingFound } from './everyCard.ts';

const language = 'ja';
/** What people type to see what happens, and what they type without a thought. */
const typed = fc
  .oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(
      '**2番**',
      '_x_',
      '<at>全員</at>',
      '$' + '{code}',
      '{{DATE(2026-12-01T00:00:00Z)}}',
      '[a](http://b)',
    ),
    fc.array(fc.constantFrom('*', '_', '`', '<', '>', '[', ']', '$', '{', '}', '#', '-', '\\', '&'), {
      maxLength: 12,
    }),
  )
  .map((text) => (Array.isArray(text) ? text.join('') : text))
  .map((text) => text.replace(/[\s\p{Cc}\u202A-\u202E\u2066-\u2069]+/gu, ' ').trim())
  .filter((text) => text !== '' && [...text].length <= 30);

const called = (text: string): Call => ({
  ...calls.emergency,
  caller: { id: 'guest', name: text, kind: 'guest' },
  affected: { id: '', name: text, kind: 'person' },
  places: calls.emergency.places.map((place) => ({ ...place, text })),
});

test('places and names stand on the cards as they were written, in no Markdown', () => {
  fc.assert(
    fc.property(typed, (text) => {
      const base = { language, call: called(text), directory, now: NOW } as const;
      const cards = [
        callerCard({ ...base, viewerId: 'guest', quiet: false }),
        responderCard({ ...base, viewerId: 'suzuki', lane: 'second', round: 1 }),
        channelCard({ ...base, reason: 'emergency' }),
        noticeCard({ language, text }),
        casesCard({
          language,
          now: NOW,
          isFirst: true,
          items: [
            { code: 'K-7F3Q', level: 'assist', place: text, openedAt: NOW, status: 'open', role: 'caller' },
          ],
        }),
      ];
      for (const { card } of cards) {
        expect(textOf(card)).toContain(text);
        expect(ofType(card, 'TextBlock', 'FactSet')).toEqual([]);
      }
    }),
    { numRuns: 60 },
  );
});

test('quotes of a suggestion are the words of the report', () => {
  fc.assert(
    fc.property(typed, (text) => {
      const evidence = [{ start: 0, end: text.length, text, cue: '' }];
      const suggestion = {
        ...nothingFound,
        labels: [{ id: 'threat', score: 1, clause: 'P11', evidence }],
      } as const;
      const { card } = suggestionCard({
        language,
        code: 'K-7F3Q',
        draft: 'd',
        suggestion,
        mode: 'confirm',
        selected: [],
      });
      expect(textOf(card)).toContain(`「${text}」`);
    }),
    { numRuns: 40 },
  );
});

test('nothing typed into the report is lost when it comes back: quotes, newlines, expressions', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const what = `「"${text}"」\n\t'${'$'}{what}\\`;
      const values = { when: text, where: what, what, danger: true };
      const { card } = reportFormCard({
        language,
        draft: 'd',
        values,
        errors: { when: '入力してください。' },
      });
      const inputs = elements(card).filter(({ type }) => String(type).startsWith('Input.'));
      expect(inputs.map(({ id, value }) => [id, value])).toEqual([
        ['when', text],
        ['where', what],
        ['what', what],
        ['danger', 'true'],
      ]);
    }),
    { numRuns: 60 },
  );
});
