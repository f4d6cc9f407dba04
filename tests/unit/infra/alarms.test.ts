import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createWebhookAlarm } from '../../../bot/alarm/webhook.ts';
import { type AlarmReceiver, startAlarmReceiver } from '../../../infra/local/alarms/receiver.ts';
import { demoPage } from '../../../infra/local/demo.ts';
import { systemClock } from '../../../services/clock.ts';

let receiver: AlarmReceiver;
beforeEach(async () => {
  receiver = await startAlarmReceiver();
});
afterEach(() => receiver.stop());

const list = async () => (await fetch(receiver.listUrl)).json();
const alarm = (secret = receiver.secret) =>
  createWebhookAlarm({ url: receiver.url, secret, clock: systemClock });

describe('the receiver of local mode', () => {
  test('shows what まもり sends, newest first, each id once', async () => {
    const first = {
      id: 'K-7F3Q/signal:emergency',
      reason: 'emergency',
      text: '緊急の呼び出しです。',
    } as const;
    expect(await alarm().raise(first)).toEqual({ kind: 'delivered' });
    expect(await alarm().raise(first)).toEqual({ kind: 'delivered' });
    await alarm().raise({ reason: 'engine-ill', text: '<b>まもりは停止しています。' });
    expect(await list()).toMatchObject([
      { reason: 'engine-ill', text: '<b>まもりは停止しています。' },
      { reason: 'emergency', text: '緊急の呼び出しです。' },
    ]);
  });

  test('nothing with another secret, without a signature, or that is no alarm', async () => {
    expect((await alarm('x'.repeat(40)).raise({ reason: 'emergency', text: 'x' })).kind).toBe('rejected');
    const plain = await fetch(receiver.url, { method: 'POST', body: '{"text":"x"}' });
    expect(plain.status).toBe(401);
    expect((await fetch(receiver.url.replace('/alarm', '/'))).status).toBe(404);
    expect(await list()).toEqual([]);
  });

  test('a page of another site reads nothing', async () => {
    const theirs = await fetch(receiver.listUrl, { headers: { origin: 'https://evil.example' } });
    expect(theirs.headers.get('access-control-allow-origin')).toBeNull();
    await theirs.text();
    const ours = await fetch(receiver.listUrl, { headers: { origin: 'http://localhost:3978' } });
    expect(ours.headers.get('access-control-allow-origin')).toBe('http://localhost:3978');
    await ours.text();
  });
});

describe('demo page', () => {
  test('has the strip below the header when there is a receiver', () => {
    const page = demoPage('みなと市', [], 'http://127.0.0.1:1/alarms');
    expect(page).toMatch(
      /<\/header>\s*<aside id="alarms"[^>]*>\s*<h2>代替連絡（電話・放送）に送った内容<\/h2>/,
    );
    expect(demoPage('みなと市', [])).not.toContain('代替連絡');
  });
});
