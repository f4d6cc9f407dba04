import pino, { type DestinationStream } from 'pino';
import type { Config } from '../services/config.ts';
import type { Log } from '../services/log.ts';

/**
 * pino behind the `Log` port. Of an error only its name, code, status and stack frames are kept: messages of
 * SDK errors quote requests, and requests carry what people wrote.
 *
 * @param destination instead of the standard output, for tests
 */
export function createLog(level: Config['logLevel'], destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: errorFields, key: keyText, effect: keyText },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/**
 * Keys of documents and effects are made of codes, ids and words of ours. A part of some comes back from a card, though,
 * and what comes from outside may hold anything.
 */
const keyText = (key: unknown): string =>
  String(key)
    .replace(/[^\w:/.@+=-]/gu, '?')
    .slice(0, 200);

function errorFields(error: unknown): object {
  if (!(error instanceof Error)) return { name: typeof error };
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  return {
    name: isWord(error.name) ? error.name : 'Error',
    ...(isWord(code) ? { code } : {}),
    ...(typeof statusCode === 'number' ? { statusCode } : {}),
    stack: framesOf(error).slice(0, 8),
  };
}

/** A name or a code, and no sentence. */
const isWord = (value: unknown): value is string => typeof value === 'string' && /^[\w.-]{1,60}$/.test(value);

/** As the engine writes them, with a place in a file of ours, of a package or of Node.js. */
const FRAME = /^\s+at [\x20-\x7e]*(?:\/|node:)[\x21-\x7e]*:\d+:\d+\)?$/;

/** Only what the engine wrote: a message of several lines may look like frames, and a name may as well. */
function framesOf({ name, message, stack = '' }: Error): string[] {
  const header = `${name}: ${message}`.split('\n').length;
  return stack
    .split('\n')
    .slice(header)
    .filter((line) => FRAME.test(line))
    .map((line) => line.trim());
}
