import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MAX_BODY_BYTES, MAX_KEY_BYTES } from '../../../services/store/store.ts';
import { aDocument, type Bench, created, numbered, refusal } from './bench.ts';

const TEXTS: readonly (readonly [string, string])[] = [
  ['kanji outside the basic plane (surrogate pairs)', '𠮷野家の髙橋さん 👮🏽‍♀️'],
  ['combining characters, not composed', 'か\u3099き\u3099 e\u0301'],
  ['composed characters, not decomposed', 'がぎ é'],
  ['half and full width', 'ｵｳｴﾝ 応援 ＡＢＣ１２３ abc123'],
  ['line and paragraph separators', 'a\u2028b\u2029c'],
  ['line ends and control characters', 'a\r\nb\n\tc\u0000d\u001f'],
  ['quotes and backslashes', `"it's" \\ \\n \\ud83d "; DROP TABLE documents; --`],
  ['4,000 characters', '暴'.repeat(4_000)],
  ['4,000 characters outside the basic plane', '𠮷'.repeat(4_000)],
  ['4,000 quotes and backslashes', '"\\'.repeat(2_000)],
  ['nothing', ''],
];

const IDS: readonly string[] = [
  'a/b',
  'a\\b',
  'a?b#c',
  'a b',
  'a%2Fb',
  'a~2Fb',
  'a.2Fb',
  ' a',
  'a ',
  '.',
  '..',
  '"',
  "'",
  'A',
  'a',
  'a:b',
  '令和8年度-0001',
  'a\u0000b',
  '19:meeting_x@thread.tacv2',
];

export function describeValues(bench: Bench): void {
  test.each(TEXTS)('text is kept as it is: %s', async (_, text) => {
    const document = aDocument({ summary: { text }, body: { text, [`key ${text}`]: [text] } });
    const written = await created(bench.store, document);
    expect(written.body).toEqual(document.body);
    expect(await bench.store.read(document)).toEqual({ ...document, etag: written.etag });
  });

  test('text is kept as it is in ids and terms', async () => {
    const document = aDocument({ id: '𠮷か\u3099', terms: ['課:税務課', '𠮷か\u3099'] });
    await bench.store.create(document);
    expect((await bench.store.read(document))?.terms).toEqual(document.terms);
    expect((await bench.store.list({ kind: 'call', term: '𠮷か\u3099', limit: 5 })).items).toMatchObject([
      { id: '𠮷か\u3099' },
    ]);
  });

  test.each(IDS)('an id may hold whatever text may: %j', async (id) => {
    const written = await created(bench.store, aDocument({ id, dueAt: 1 }));
    expect(written.id).toBe(id);
    expect(await bench.store.read({ kind: 'call', id })).toEqual(written);
    expect(await bench.store.due(1, 5)).toEqual([{ kind: 'call', id }]);
    expect((await bench.store.list({ kind: 'call', term: 'open', limit: 5 })).items).toMatchObject([{ id }]);
    await bench.store.replace(aDocument({ id, body: 2 }), written.etag);
    expect((await bench.store.read({ kind: 'call', id }))?.body).toBe(2);
  });

  test('ids that look alike are different documents', async () => {
    for (const id of IDS) await bench.store.create(aDocument({ id, body: id }));
    for (const id of IDS) expect((await bench.store.read({ kind: 'call', id }))?.body).toBe(id);
  });

  test('a key that is too long is refused, and nothing is found under it', async () => {
    const longest = aDocument({ id: 'あ'.repeat((MAX_KEY_BYTES - 'call'.length) / 3).padEnd(100, 'x') });
    const written = await created(bench.store, longest);
    expect(await bench.store.read(longest)).toEqual(written);
    for (const id of ['x'.repeat(MAX_KEY_BYTES - 3), 'あ'.repeat(4_000)]) {
      expect(await refusal(bench.store.create(aDocument({ id })))).toBe('too-large');
      expect(await bench.store.read({ kind: 'call', id })).toBeUndefined();
    }
  });

  test('a lone surrogate becomes U+FFFD everywhere, and the key still finds the document', async () => {
    const lone = 'a\ud83d';
    const document = aDocument({
      id: lone,
      terms: [lone],
      summary: lone,
      body: { [lone]: [`${lone}\udc00 \udc00`] },
    });
    const written = await created(bench.store, document);
    expect(written).toMatchObject({ id: 'a\ufffd', terms: ['a\ufffd'], summary: 'a\ufffd' });
    expect(written.body).toEqual({ 'a\ufffd': ['a\ud83d\udc00 \ufffd'] });
    expect(await bench.store.read({ kind: 'call', id: lone })).toEqual(written);
    expect((await bench.store.list({ kind: 'call', term: lone, limit: 5 })).items).toHaveLength(1);
  });

  test('what JSON drops is dropped', async () => {
    const written = await created(
      bench.store,
      aDocument({ summary: undefined, body: { kept: null, dropped: undefined, list: [undefined] } }),
    );
    expect(written).toMatchObject({ summary: null });
    expect(written.body).toStrictEqual({ kept: null, list: [null] });
    expect(await bench.store.read(written)).toStrictEqual(written);
  });

  test('any JSON comes back equal', async () => {
    let count = 0;
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ stringUnit: 'binary', maxDepth: 4 }), async (value) => {
        count += 1;
        const document = aDocument({ id: numbered(count), summary: value, body: value });
        await bench.store.create(document);
        const asJson: unknown = JSON.parse(JSON.stringify(value));
        const expected = { ...document, summary: asJson, body: asJson, etag: expect.any(String) };
        expect(await bench.store.read(document)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  test('a body of the allowed size is kept', async () => {
    const body = 'x'.repeat(MAX_BODY_BYTES - 2);
    const written = await created(bench.store, aDocument({ body }));
    expect((await bench.store.read(written))?.body === body).toBe(true);
  });

  test('a larger body is refused and nothing changes; bytes count, not characters', async () => {
    const first = await created(bench.store, aDocument());
    const japanese = aDocument({ body: 'あ'.repeat(MAX_BODY_BYTES / 3), terms: ['big'], dueAt: 1 });
    expect(await refusal(bench.store.replace(japanese, first.etag))).toBe('too-large');
    expect(await refusal(bench.store.create({ ...japanese, id: 'K-0000' }))).toBe('too-large');
    expect(await bench.store.read(first)).toEqual(first);
    expect(await bench.store.read({ kind: 'call', id: 'K-0000' })).toBeUndefined();
    expect(await bench.store.due(9_999, 10)).toEqual([]);
  });

  test('a refusal for size names the document and quotes nothing', async () => {
    const error: unknown = await bench.store
      .create(aDocument({ body: '土下座しろ'.repeat(MAX_BODY_BYTES / 10) }))
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'too-large', message: expect.stringMatching(/call\/K-7F3Q/) });
    expect(String(error)).not.toMatch(/土下座/);
  });

  test('a body that is mostly quotes and backslashes is refused in good time, and nothing changes', async () => {
    const first = await created(bench.store, aDocument());
    const body = '"\\'.repeat(MAX_BODY_BYTES / 6);
    expect(await refusal(bench.store.replace(aDocument({ body }), first.etag))).toBe('too-large');
    expect(await bench.store.read(first)).toEqual(first);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])(
    'a wake-up at %p is refused, not forgotten',
    async (dueAt) => {
      await expect(bench.store.create(aDocument({ dueAt }))).rejects.toThrow(TypeError);
      expect(await bench.store.read(aDocument())).toBeUndefined();
    },
  );
}
