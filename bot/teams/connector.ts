import { type Answer, send } from './request.ts';
import type { Tokens } from './tokens.ts';

/** The requests to the Bot Framework's connector that this bot makes. Each call is at most one request. */
export interface Connector {
  /** A new message when there is no `activityId`, else that message anew. */
  put(at: Place, activity: object, signal: AbortSignal): Promise<Answer>;
  /** The conversation with one person; the same one each time, and nobody sees anything of it. */
  converse(serviceUrl: string, parameters: object, signal: AbortSignal): Promise<Answer>;
}

interface Place {
  readonly serviceUrl: string;
  readonly conversationId: string;
  readonly activityId?: string;
}

const NO_TOKEN: Answer = { kind: 'no-token', reason: 'no token' };

/** @param tokens undefined in local mode */
export function createConnector(tokens: Tokens | undefined): Connector {
  async function request(
    method: 'POST' | 'PUT',
    url: string,
    body: object,
    signal: AbortSignal,
  ): Promise<Answer> {
    const token = await tokenWithin(tokens, signal);
    if (token === null) return NO_TOKEN;
    const answer = await send({ method, url, body, token, signal });
    if (answer.kind === 'answered' && answer.status === 401 && token !== undefined) tokens?.refused(token);
    return answer;
  }

  return {
    put({ serviceUrl, conversationId, activityId }, activity, signal) {
      const activities = `${root(serviceUrl)}/${encodeURIComponent(conversationId)}/activities`;
      if (activityId === undefined) return request('POST', activities, activity, signal);
      return request('PUT', `${activities}/${encodeURIComponent(activityId)}`, activity, signal);
    },
    converse: (serviceUrl, parameters, signal) => request('POST', root(serviceUrl), parameters, signal),
  };
}

const root = (serviceUrl: string): string => `${serviceUrl.replace(/\/+$/, '')}/v3/conversations`;

/** Undefined where none is needed, null when there is none in time. */
async function tokenWithin(
  tokens: Tokens | undefined,
  signal: AbortSignal,
): Promise<string | undefined | null> {
  if (tokens === undefined) return undefined;
  const late = new Promise<null>((resolve) => {
    if (signal.aborted) resolve(null);
    signal.addEventListener('abort', () => resolve(null), { once: true });
  });
  return Promise.race([tokens.get().catch(() => null), late]);
}
