import pino from 'pino';
import type { Config } from '../services/config.ts';
import type { Log } from '../services/log.ts';

/**
 * pino behind the `Log` port. Of an error only its name, code, status and stack frames are kept: messages of
 * SDK errors quote requests, and requests carry what people wrote.
 */
export function createLog(level: Config['logLevel']): Log {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: errorFields },
  });
}

function errorFields(error: unknown): object {
  if (!(error instanceof Error)) return { name: typeof error };
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  return {
    name: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof statusCode === 'number' ? { statusCode } : {}),
    stack: frames.slice(0, 8).map((line) => line.trim()),
  };
}
