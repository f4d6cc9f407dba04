import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { CUT_TEXTS, STANDS_STILL } from './inPage.ts';

export const NORMAL = { width: 1280, height: 900 };
/** A telephone; tall, so that a screenshot shows a whole card. */
const NARROW = { width: 320, height: 1600 };
const DEADLINE_MS = 20_000;
const SCREENSHOTS = join('tests', 'e2e', 'screenshots');

/** What the bot said, each with the cards' buttons and the line that the client shows under a card. */
const BOT_MESSAGE = '.fai-OutputCard';
const COMPOSE = '[data-lexical-editor=true]';

export interface TeamsWindow {
  readonly page: Page;
  /** Types into the compose box and sends. */
  type(text: string): Promise<void>;
  /** Presses a button of the last card that has it, or of the first one: an old card. */
  press(label: string, which?: 'last' | 'first'): Promise<void>;
  /** Writes into a field of the last card that has it. */
  fill(label: string, text: string): Promise<void>;
  /** What stands in a field of the last card that has it. */
  value(label: string): Promise<string>;
  /** Ticks a checkbox of the last card that has it. */
  tick(label: string): Promise<void>;
  /** Chooses in a drop-down list of the last card that has it, by what the person reads. */
  choose(label: string, option: string): Promise<void>;
  /** Waits until a message of the bot shows the text. Fails with what is on the screen. */
  sees(text: string | RegExp, within?: number): Promise<void>;
  /** Waits until the bot's last message shows the text. */
  seesLast(text: string | RegExp, within?: number): Promise<void>;
  /** The bot's messages as they can be read now. */
  messages(): Promise<string[]>;
  /** What the bot sends is lost from now on, as on a telephone without a network: the cards shown are old ones. */
  loseUpdates(): void;
  /** Fails when a card has something that is wider than the card, at a telephone's width. */
  fits(): Promise<void>;
  /** Saves the window as it is, and at a telephone's width. */
  screenshot(name: string): Promise<void>;
}

/** Opens one person's Teams. `who` names them in failures and their screenshots. */
export async function openTeams(page: Page, who: string, url: string): Promise<TeamsWindow> {
  let losing = false;
  await page.routeWebSocket(/_ws_conversation/, (client) => {
    const server = client.connectToServer();
    server.onMessage((message) => {
      if (!losing) client.send(message);
    });
  });
  await page.goto(url);
  const loseUpdates = () => {
    losing = true;
  };
  return { ...teamsWindow(page, who), loseUpdates };
}

function teamsWindow(page: Page, who: string): Omit<TeamsWindow, 'loseUpdates'> {
  const botMessages = page.locator(BOT_MESSAGE);
  const messages = () => botMessages.allInnerTexts();
  let failures = 0;

  async function fail(what: string): Promise<never> {
    failures += 1;
    await shoot(page, `failed-${who}-${failures}`);
    const shown = (await messages()).map((text) => text.replaceAll(/\n+/g, '\n'));
    throw new Error(`${who}: ${what}\n── on the screen ──\n${shown.join('\n────\n')}`);
  }

  async function until(
    condition: (all: string[]) => boolean,
    what: string,
    within = DEADLINE_MS,
  ): Promise<void> {
    const end = performance.now() + within;
    while (!condition(await messages())) {
      if (performance.now() > end) await fail(what);
      await page.waitForTimeout(100);
    }
  }

  const field = (label: string) => botMessages.getByLabel(label).last();

  async function onField(label: string, act: (one: Locator) => Promise<void>): Promise<void> {
    try {
      await act(field(label));
    } catch (error) {
      await fail(`no field 「${label}」 (${error instanceof Error ? error.message.split('\n')[0] : error})`);
    }
  }

  return {
    page,
    messages,
    async type(text) {
      await page.locator(COMPOSE).last().click();
      await page.keyboard.insertText(text);
      await page.keyboard.press('Enter');
    },
    async press(label, which = 'last') {
      const buttons = botMessages.getByRole('button', { name: label, exact: true });
      const button = which === 'last' ? buttons.last() : buttons.first();
      await button.click({ timeout: DEADLINE_MS }).catch(() => fail(`no button 「${label}」`));
    },
    fill: (label, text) => onField(label, (one) => one.fill(text, { timeout: DEADLINE_MS })),
    async value(label) {
      return field(label).inputValue({ timeout: DEADLINE_MS });
    },
    choose: (label, option) =>
      onField(label, async (one) => {
        await one.click({ timeout: DEADLINE_MS });
        await page.getByRole('option', { name: option, exact: true }).last().click({ timeout: DEADLINE_MS });
      }),
    tick: (label) =>
      botMessages
        .getByText(label)
        .last()
        .click({ timeout: DEADLINE_MS })
        .catch(() => fail(`no checkbox 「${label}」`)),
    sees: (text, within) =>
      until((all) => all.some((one) => matches(one, text)), `does not see ${text}`, within),
    seesLast: (text, within) =>
      until((all) => matches(all.at(-1) ?? '', text), `does not see ${text} in the last message`, within),
    async fits() {
      await resize(page, NARROW);
      const wide = await page.evaluate<string[]>(CUT_TEXTS);
      if (wide.length > 0) await fail(`cut at ${NARROW.width} px: ${wide.join(' / ')}`);
      await resize(page, NORMAL);
    },
    async screenshot(name) {
      await shoot(page, name);
      await resize(page, NARROW);
      await shoot(page, `${name}-narrow`);
      await resize(page, NORMAL);
    },
  };
}

const matches = (text: string, wanted: string | RegExp): boolean =>
  typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);

/** Panels slide when the size changes: waits until they have arrived. */
async function resize(page: Page, size: typeof NORMAL): Promise<void> {
  await page.setViewportSize(size);
  await page.evaluate(STANDS_STILL);
}

async function shoot(page: Page, name: string): Promise<void> {
  await mkdir(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
}
