import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeReference, encodeReference, isAllowedServiceUrl } from '../../../../bot/teams/reference.ts';

const TEAMS = ['smba.trafficmanager.net'];
const LOCAL = ['localhost', '127.0.0.1', '[::1]'];

describe('where the bot’s token may be sent', () => {
  test.each([
    ['https://smba.trafficmanager.net/jp/', TEAMS],
    ['https://SMBA.TrafficManager.net/jp/', TEAMS],
    ['https://smba.trafficmanager.net:443/', TEAMS],
    ['http://localhost:56150/_connector', LOCAL],
    ['http://127.0.0.1:56150/_connector', LOCAL],
    ['http://[::1]:56150/_connector', LOCAL],
  ])('%s', (url, hosts) => expect(isAllowedServiceUrl(url, hosts)).toBe(true));

  test.each([
    ['plain http', 'http://smba.trafficmanager.net/'],
    ['another host', 'https://evil.example/'],
    ['a longer host', 'https://smba.trafficmanager.net.evil.example/'],
    ['a host in front', 'https://evil-smba.trafficmanager.net/'],
    ['a name before the host', 'https://smba.trafficmanager.net@evil.example/'],
    ['name and password', 'https://user:secret@smba.trafficmanager.net/'],
    ['a name alone', 'https://user@smba.trafficmanager.net/'],
    ['a backslash', 'https://evil.example\\@smba.trafficmanager.net/'],
    ['a trailing dot', 'https://smba.trafficmanager.net./'],
    ['another port', 'https://smba.trafficmanager.net:8443/'],
    ['loopback outside local mode', 'http://localhost:3978/'],
    ['another protocol', 'ftp://smba.trafficmanager.net/'],
    ['a file', 'file:///etc/passwd'],
    ['a script', 'javascript:alert(1)'],
    ['no address', 'smba.trafficmanager.net'],
    ['nothing', ''],
  ])('not to %s', (_, url) => expect(isAllowedServiceUrl(url, TEAMS)).toBe(false));

  test('no text whatever throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (url) => isAllowedServiceUrl(url, TEAMS) === false));
  });
});

describe('a kept reference', () => {
  test('comes back as it was', () => {
    const text = fc.string({ unit: 'grapheme' });
    const reference = fc.record({
      serviceUrl: text,
      conversationId: text,
      botId: text,
      userId: text,
      tenantId: text,
    });
    fc.assert(fc.property(reference, (r) => expect(decodeReference(encodeReference(r))).toEqual(r)));
  });

  test.each([null, '', '{', '[]', '"x"', 'null', '{"serviceUrl":1}', '{"serviceUrl":"https://x"}'])(
    'that is damaged (%s) means unreachable, not a crash',
    (text) => expect(decodeReference(text)).toBeUndefined(),
  );
});
