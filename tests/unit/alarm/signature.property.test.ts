import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Claimed, sign, verify, WINDOW_MS } from '../../../services/alarm/signature.ts';

const NOW = Date.parse('2026-11-24T10:00:00+09:00');
const SECRET = 'a secret of more than thirty-two bytes';

const ids = fc.stringMatching(/^[A-Za-z0-9:/_-]{8,120}$/);
const bodies = fc.oneof(fc.string(), fc.json(), fc.uint8Array({ maxLength: 300 }));
const seconds = fc.integer({ min: -WINDOW_MS / 1000, max: WINDOW_MS / 1000 });

const claimed = fc.record({ id: ids, body: bodies, off: seconds }).map(({ id, body, off }): Claimed => {
  const timestamp = String(NOW / 1000 + off);
  return { timestamp, id, body, signature: sign(SECRET, { timestamp, id, body }) };
});

/** The same request with one character of one part written otherwise. */
const tampered = fc
  .tuple(
    claimed.filter(({ body }) => typeof body === 'string' && body.length > 0),
    fc.constantFrom('timestamp', 'id', 'body', 'signature' as const),
    fc.nat(),
    fc.constantFrom('0', '1', '9', 'a', 'F', '.', '{', 'é', ' ', ''),
  )
  .map(([request, part, at, other]) => {
    const text = String(request[part as keyof Claimed]);
    const index = at % text.length;
    return { request, changed: { ...request, [part]: text.slice(0, index) + other + text.slice(index + 1) } };
  })
  .filter(({ request, changed }) => JSON.stringify(request) !== JSON.stringify(changed));

describe('a signed request', () => {
  test('is accepted by whoever knows the secret, within the window', () => {
    fc.assert(fc.property(claimed, (request) => verify(SECRET, request, NOW) === 'ok'));
  });

  test('with one character written otherwise is not', () => {
    fc.assert(fc.property(tampered, ({ changed }) => verify(SECRET, changed, NOW) === 'signature'));
  });

  test('is nothing to another secret, nor where there is none', () => {
    fc.assert(
      fc.property(claimed, fc.string(), (request, other) => {
        fc.pre(other !== SECRET);
        expect(verify(other, request, NOW)).toBe('signature');
        expect(verify(undefined, request, NOW)).toBe('signature');
      }),
    );
  });

  test('is of use for five minutes before and after, by the clock of the one who is asked', () => {
    fc.assert(
      fc.property(claimed, fc.integer({ min: -2 * WINDOW_MS, max: 2 * WINDOW_MS }), (request, later) => {
        const off = Math.abs(NOW + later - Number(request.timestamp) * 1000);
        expect(verify(SECRET, request, NOW + later)).toBe(off <= WINDOW_MS ? 'ok' : 'expired');
      }),
    );
  });

  test('whatever stands in the headers: an answer, never an exception', () => {
    fc.assert(
      fc.property(
        fc.record({ timestamp: fc.string(), id: fc.string(), signature: fc.string(), body: fc.string() }),
        (request) => {
          expect(['signature', 'expired']).toContain(verify(SECRET, request, NOW));
        },
      ),
    );
  });

  test('never has the signed bytes of another one: where the id ends is certain', () => {
    const one = { timestamp: '1795482000', id: 'press-000001', body: 'x.y' };
    expect(() => sign(SECRET, { ...one, id: 'press-000001.x', body: 'y' })).toThrow(RangeError);
    expect(sign(SECRET, one)).not.toBe(sign(SECRET, { ...one, body: 'xy' }));
  });
});
