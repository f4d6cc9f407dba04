import { beforeEach, describe, expect, test } from '@jest/globals';
import { CLAIM_MS } from '../../../services/engine/claims.ts';
import type { Effect, Envelope } from '../../../services/engine/envelope.ts';
import { createStillOwed } from '../../../services/engine/stillOwed.ts';

const CLAIMED_AT = Date.parse('2026-11-24T10:00:00+09:00');
/** From here on the clock of another instance may say that the claim has run out. */
const MAY_BE_TAKEN_MS = CLAIM_MS - 4_000;

const effect: Effect = {
  key: 'page:responders:suzuki:0:0',
  kind: 'page',
  person: 'suzuki',
  data: {},
  readyAt: CLAIMED_AT,
  attempt: 1,
  claim: 'mine',
  claimedUntil: CLAIMED_AT + CLAIM_MS,
  uncertain: 0,
  dropped: false,
};

let now: number;
/** What the document owes by now. */
let outbox: readonly Effect[];
/** What else happens while it is read. */
let meanwhile: () => void;
let reads: number;

beforeEach(() => {
  now = CLAIMED_AT;
  outbox = [effect];
  meanwhile = () => {};
  reads = 0;
});

const stillOwed = createStillOwed(
  async () => {
    reads += 1;
    meanwhile();
    return { outbox } as unknown as Envelope<unknown>;
  },
  { now: () => now },
);
const isOwed = (waited = false) => stillOwed('K-7F3Q', effect, waited);

describe('the document is looked at again', () => {
  test('not for what goes as soon as it has been claimed: a page does not wait for the store twice', async () => {
    now += 1_000;
    expect(await isOwed()).toBe(true);
    expect(reads).toBe(0);
  });

  test.each([
    ['when it had to wait for its turn, however shortly', 0, true],
    ['when anything else has taken more than a second', 1_001, false],
    ['when the clock has been set back: nobody knows how long it took', -1, false],
  ])('%s', async (_, ms, waited) => {
    now += ms;
    expect(await isOwed(waited)).toBe(true);
    expect(reads).toBe(1);
    outbox = [{ ...effect, dropped: true }];
    expect(await isOwed(waited)).toBe(false);
    outbox = [{ ...effect, claim: 'of another instance' }];
    expect(await isOwed(waited)).toBe(false);
    outbox = [];
    expect(await isOwed(waited)).toBe(false);
  });
});

describe('nothing goes that another instance may have taken over', () => {
  test('although the document does not say so yet', async () => {
    now += MAY_BE_TAKEN_MS - 1;
    expect(await isOwed()).toBe(true);
    now += 1;
    expect(await isOwed()).toBe(false);
  });

  test('although it was not so yet when the document was asked for', async () => {
    now += 5_000;
    meanwhile = () => {
      now = CLAIMED_AT + MAY_BE_TAKEN_MS;
    };
    expect(await isOwed()).toBe(false);
  });

  test('although the document cannot be read; before that it goes: a page too many does less harm', async () => {
    meanwhile = () => {
      throw new Error('the store is away');
    };
    now += 5_000;
    expect(await isOwed()).toBe(true);
    now = CLAIMED_AT + MAY_BE_TAKEN_MS;
    expect(await isOwed()).toBe(false);
  });
});
