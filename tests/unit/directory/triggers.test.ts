import { describe, expect, test } from '@jest/globals';
import { hasTeams } from '../../../services/directory/directory.ts';
import { COUNTER_PLACE, city, directory, ID, problemsOf } from './fixture.ts';

describe('a registered place', () => {
  test('calls like a counter of its section and place, and has no Teams', () => {
    const place = directory().triggerPlace('button');
    expect(place).toEqual({
      id: 'button',
      caller: directory().person('place:button'),
      levels: ['emergency', 'assist'],
      revoked: false,
    });
    const caller = place?.caller;
    expect(caller).toMatchObject({
      id: 'place:button',
      kind: 'counter',
      name: '支所のボタン',
      section: 'east',
    });
    expect(directory().resolvePlace('', caller)).toMatchObject({ building: 'branch', section: 'east' });
    expect([caller?.id, ID.counter].map((id) => hasTeams(id ?? ''))).toEqual([false, true]);
  });

  test('is found under its id only', () => {
    for (const id of ['place:button', 'nothing', '', '__proto__', ID.counter])
      expect(directory().triggerPlace(id)).toBeUndefined();
  });

  test('may call for help of the section where nothing is said', () => {
    const text = city(', levels: [emergency, assist], revoked: false', '');
    expect(directory(text).triggerPlace('button')).toMatchObject({ levels: ['assist'], revoked: false });
  });

  test.each([
    [
      'place: 1番窓口, levels',
      'place: 9番窓口, levels',
      '- triggers[0].place: 「9番窓口」という場所がこの課に',
    ],
    ['id: button', 'id: Button', '- triggers[0].id: 「Button」は使えません。呼び出しボタンの id を、'],
    ['levels: [emergency, assist], r', 'levels: [], r', '- triggers[0].levels: 区分がありません。'],
    ['levels: [emergency, assist], r', 'levels: [report], r', '- triggers[0].levels[0]: 「report」'],
    ['revoked: false', 'revoked: いいえ', '- triggers[0].revoked: 「いいえ」'],
    ['revoked: false', 'secret: abc', '- triggers[0].secret: 「secret」という項目はありません。'],
    [
      'triggers:\n',
      'triggers:\n  - { id: button, name: もう一つ, section: east, place: 1番窓口 }\n',
      '- triggers[1].id: 「button」は上でも使われています。',
    ],
  ])('%s → %s: what is wrong is said', (from, to, said) => {
    const [first = ''] = problemsOf(city(from, to));
    expect(first.replaceAll('」 は', '」は')).toContain(said);
  });
});

describe('the name of a place for everybody’s ears', () => {
  const name = (text: string, more: object = {}) =>
    directory().placeName({ ...COUNTER_PLACE, text, ...more });

  test('building, floor, section and registered name', () => {
    expect(name('2番窓口')).toBe('本庁舎1階、税務課、2番窓口');
    expect(name('税務課 二番')).toBe('本庁舎1階、税務課、2番窓口');
  });

  test('nothing else of what was written', () => {
    expect(name('2番窓口で山口様が怒鳴っている')).toBe('本庁舎1階、税務課、2番窓口');
    expect(name('山口様のところ')).toBe('本庁舎1階、税務課');
  });

  test('what is not known is left out', () => {
    const { floor: _floor, section: _section, ...somewhere } = COUNTER_PLACE;
    expect(directory().placeName({ ...somewhere, text: '場所不明' })).toBe('本庁舎');
    expect(name('場所不明', { building: 'gone', section: 'gone' })).toBe('1階');
  });
});
