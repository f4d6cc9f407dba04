import { beforeAll, expect, test } from '@jest/globals';
import { parseCallDetails } from '../../../services/calls/utterance.ts';
import { createDirectory } from '../../../services/directory/createDirectory.ts';
import type { Directory } from '../../../services/directory/directory.ts';
import { loadOrganization } from '../../../services/directory/organization.ts';
import { ORGANIZATION } from '../../harness/organization.ts';

/** Cards show people as 「佐藤 美咲さん」: whoever types that means one person, and not somebody called 美咲. */

let city: Directory;
beforeAll(async () => {
  city = createDirectory(await loadOrganization(ORGANIZATION));
});

test.each([
  ['2番窓口 佐藤 美咲さん', '2番窓口', '佐藤美咲'],
  ['2番窓口　佐藤　美咲さんが怒鳴られています', '2番窓口', '佐藤美咲'],
  ['佐藤 美咲さんを助けて 2番窓口', '2番窓口', '佐藤美咲'],
  ['税務課 佐藤さん', '税務課', '佐藤'],
  // Nobody of that name works here.
  ['2番窓口 東雲 美咲さん', '2番窓口', '美咲'],
])('%s: who needs help', (text, place, name) => {
  const details = parseCallDetails(text, city);
  expect(details).toEqual({ place, affectedName: name, excludedNames: [] });
  if (name.startsWith('佐藤'))
    expect(city.findByName(name).map((person) => person.name)).toContain('佐藤 美咲');
});

test.each([
  ['2番窓口 鈴木 健太さんを除いて', ['鈴木健太']],
  ['2番窓口 鈴木 健太と清水 陽子以外', ['鈴木健太', '清水陽子']],
  ['鈴木　健太さん抜きで 2番窓口', ['鈴木健太']],
  ['2番窓口 鈴木さん以外', ['鈴木']],
])('%s: who is left out', (text, names) => {
  const details = parseCallDetails(text, city);
  expect(details).toEqual({ place: '2番窓口', affectedName: null, excludedNames: names });
  for (const name of names) expect(city.findByName(name)).toHaveLength(1);
});
