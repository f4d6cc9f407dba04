/**
 * `npm run trigger -- --place <id>`: presses the button of a registered place, from a shortcut, a telephone key or a
 * script. Exit code 0: called (the call is saved), 1: not called, 2: wrong usage.
 */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { signedHeaders } from '../services/alarm/signature.ts';

const USAGE = `使い方 / usage:
  npm run trigger -- --place <id> [--level emergency|assist|advice] [--state]
                     [--url http://127.0.0.1:3978] [--secret-file <file>]
  --state        呼ばずに、いまの状態を示す / shows the state, calls nobody
  --secret-file  鍵のファイル。なければ環境変数 MAMORI_TRIGGER_SECRET、次に .data/triggers/<id>`;

/** A press must not get lost for a connection that breaks: the same id, so that it stays one press. */
const WAITS_MS = [1_000, 2_000, 4_000];
const TIMEOUT_MS = 5_000;

class UsageError extends Error {}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly code: string;
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        place: { type: 'string' },
        level: { type: 'string' },
        url: { type: 'string', default: 'http://127.0.0.1:3978' },
        'secret-file': { type: 'string' },
        state: { type: 'boolean', default: false },
      },
    }).values;
  } catch {
    throw new UsageError(USAGE);
  }
}

async function secretOf(place: string, file: string | undefined): Promise<string> {
  const given = process.env.MAMORI_TRIGGER_SECRET;
  if (file === undefined && given) return given;
  const path = file ?? join(process.env.MAMORI_DATA || '.data', 'triggers', place);
  const secret = await readFile(path, 'utf8').catch(() => {
    throw new UsageError(
      `鍵を読めません（${path}）。/ No secret. まもりの triggers の id を --place に指定してください。\n${USAGE}`,
    );
  });
  return secret.trim();
}

async function attempt(url: URL, secret: string, id: string, body: string): Promise<Answer | undefined> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: signedHeaders(secret, id, body, Date.now()),
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const { text = '', code = '' } = (await response.json()) as { text?: string; code?: string };
    return { status: response.status, text, code: String(code) };
  } catch {
    return undefined;
  }
}

async function main(): Promise<number> {
  const { place, level, url, state, 'secret-file': file } = readArguments();
  if (place === undefined || !URL.canParse(url)) throw new UsageError(USAGE);
  const secret = await secretOf(place, file);
  const path = state ? '/api/trigger/state' : '/api/trigger';
  const wish = state ? { ask: 'state' } : level === undefined ? {} : { level };
  const body = JSON.stringify({ place, ...wish });
  const id = randomUUID();
  for (let tries = 0; ; tries++) {
    const answer = await attempt(new URL(path, url), secret, id, body);
    const isFinal = answer !== undefined && answer.status < 500;
    const wait = WAITS_MS[tries];
    if (!isFinal && wait !== undefined) {
      await new Promise((resolve) => setTimeout(resolve, wait));
      continue;
    }
    if (answer?.status === 200) {
      process.stdout.write(`${answer.text} ${answer.code}`.trim().concat('\n'));
      return 0;
    }
    process.stderr.write(`${answer?.text || NOT_REACHED}\n`);
    return 1;
  }
}

const NOT_REACHED =
  'まもりに届きませんでした。呼び出していません。電話で知らせてください。/ Not called: ring somebody.';

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof UsageError ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
