import { describe, expect, test } from '@jest/globals';
import { parseActivity } from '../../../../bot/teams/activity.ts';

const TENANT = '00000000-0000-4000-8000-0000000000aa';
const PERSON = '00000000-0000-4000-8000-000000000101';
const base = {
  id: 'a1',
  type: 'message',
  serviceUrl: 'https://smba.trafficmanager.net/jp/',
  from: { id: '29:x', aadObjectId: PERSON, name: '佐藤' },
  recipient: { id: '28:bot' },
  conversation: { id: 'c1', conversationType: 'personal', tenantId: TENANT },
  channelData: { tenant: { id: TENANT } },
  text: '応援',
};
const parse = (fields: object) => parseActivity({ ...base, ...fields });
const what = (fields: object) => parse(fields)?.what;

describe('what somebody did', () => {
  test('typed', () => expect(what({})).toEqual({ type: 'text', text: '応援' }));
  test('typed nothing', () => expect(what({ text: null })).toEqual({ type: 'text', text: '' }));

  test('pressed (Action.Execute); the verb stands on the action or in its data', () => {
    const value = (action: object) => ({
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: 'card',
      value: { action },
    });
    const data = { code: 'K-7F3Q' };
    const tap = { type: 'tap', via: 'invoke', pressed: 'card', automatic: false };
    expect(what(value({ verb: 'call.end', data }))).toEqual({ ...tap, verb: 'call.end', data });
    const inside = { ...data, verb: 'call.end' };
    expect(what(value({ data: inside }))).toEqual({ ...tap, verb: 'call.end', data: inside });
  });

  test('pressed in an older client (Action.Submit)', () => {
    const value = { verb: 'answer.going', code: 'K-7F3Q', round: 0 };
    expect(what({ text: undefined, value })).toMatchObject({
      type: 'tap',
      via: 'submit',
      verb: 'answer.going',
      data: value,
    });
  });

  test('nothing: the client redraws a card', () => {
    const value = { trigger: 'automatic', action: { verb: 'case.open', data: {} } };
    expect(what({ type: 'invoke', name: 'adaptiveCard/action', value })).toMatchObject({ automatic: true });
  });

  test.each([
    ['add', 'installed'],
    ['add-upgrade', 'installed'],
    ['remove', 'uninstalled'],
    ['remove-upgrade', 'uninstalled'],
    ['', 'unsupported'],
  ])('installationUpdate %s: %s', (action, type) => {
    expect(what({ type: 'installationUpdate', action })).toMatchObject({ type });
  });

  test.each(['conversationUpdate', 'typing', 'messageReaction', 'event', 'x'])('%s is let pass', (type) => {
    expect(what({ type })).toEqual({ type: 'unsupported', invoke: false });
  });

  test('an invoke of another kind is known to expect an answer', () => {
    expect(what({ type: 'invoke', name: 'task/fetch' })).toEqual({ type: 'unsupported', invoke: true });
  });
});

describe('where it was said', () => {
  test.each([
    [{ conversationType: 'personal' }, 'personal'],
    [{}, 'personal'],
    [{ conversationType: 'groupChat' }, 'group'],
    [{ conversationType: 'channel' }, 'group'],
    [{ isGroup: true }, 'group'],
    [{ conversationType: 'personal', isGroup: true }, 'group'],
  ])('%j: %s', (conversation, expected) => {
    expect(parse({ conversation: { id: 'c1', ...conversation } })?.conversation).toBe(expected);
  });

  test('the tenant stands in one place or in both; two that differ are none', () => {
    const other = { tenant: { id: 'other' } };
    expect(parse({})?.reference.tenantId).toBe(TENANT);
    expect(parse({ channelData: null })?.reference.tenantId).toBe(TENANT);
    expect(parse({ conversation: { id: 'c1' } })?.reference.tenantId).toBe(TENANT);
    expect(parse({ channelData: other })?.reference.tenantId).toBe('');
    expect(parse({ conversation: { id: 'c1' }, channelData: {} })?.reference.tenantId).toBe('');
  });
});

describe('what nobody could have sent in good faith', () => {
  test.each([
    ['no type', { type: undefined }],
    ['no sender', { from: undefined }],
    ['no conversation', { conversation: undefined }],
    ['no service address', { serviceUrl: undefined }],
    ['a type that is no text', { type: 7 }],
    ['an id of a thousand letters', { id: 'x'.repeat(1000) }],
    ['a person who is an address', { from: { id: '29:x', aadObjectId: 'channel:19:x@thread.tacv2' } }],
    ['a text that is a list', { text: ['応援'] }],
    ['a message longer than any client sends', { text: 'x'.repeat(200_001) }],
  ])('%s', (_, fields) => expect(parse(fields)).toBeUndefined());

  test.each([undefined, null, 1, 'x', [], {}])('%j', (body) => expect(parseActivity(body)).toBeUndefined());

  test.each([
    ['a value that is no object', { value: 'x' }],
    ['no action', { value: {} }],
    ['an action that is a list', { value: { action: [] } }],
    ['data that is text', { value: { action: { verb: 'call.end', data: 'x' } } }],
    ['a verb that is a number', { value: { action: { verb: 7, data: {} } } }],
  ])('but a press with %s is a press on nothing', (_, fields) => {
    const tap = what({ type: 'invoke', name: 'adaptiveCard/action', ...fields });
    expect(tap).toMatchObject({ type: 'tap', data: {} });
  });

  test('a name is cut to what a card can show', () => {
    expect(
      parse({ from: { id: '29:x', aadObjectId: PERSON, name: ` ${'長'.repeat(300)}` } })?.from.name,
    ).toHaveLength(60);
  });
});
