import { AsyncLocalStorage } from 'node:async_hooks';
import { createDefaultHttpClient, type HttpClient, type PipelineResponse } from '@azure/core-rest-pipeline';
import type { Log } from '../../log.ts';
import { Unanswered } from './failures.ts';

/** What a request is for, in the log. No content: an operation and at most the key of a document. */
interface Purpose {
  readonly operation: string;
  readonly key?: string;
}

export const purpose = new AsyncLocalStorage<Purpose>();

/** One attempt, for whoever counts. */
export interface CosmosRequest {
  /** `other`: of the SDK itself. */
  readonly operation: string;
  /** Undefined: no answer came. */
  readonly status?: number;
  readonly requestUnits: number;
  readonly ms: number;
}

export type OnRequest = (request: CosmosRequest) => void;

/**
 * The SDK's own HTTP client with three changes. Each attempt is told to `onRequest`, and leaves status, charge and
 * activity id in the debug log. A connection that breaks is an `Unanswered`: by its usual code the SDK would repeat a
 * read ten times, a second apart, whatever our deadline. And an error whose body is no JSON (an empty one, a proxy's
 * page) keeps its status: the SDK would stumble over the body and quote it.
 */
export function createHttpClient(log: Log | undefined, onRequest: OnRequest = () => {}): HttpClient {
  const inner = createDefaultHttpClient();
  return {
    async sendRequest(request) {
      const startedAt = performance.now();
      const done = (outcome: { status?: number; requestUnits?: number; reason?: string }): void => {
        const ms = Math.round(performance.now() - startedAt);
        const { status, requestUnits = 0 } = outcome;
        const operation = purpose.getStore()?.operation ?? 'other';
        onRequest({ operation, ...(status === undefined ? {} : { status }), requestUnits, ms });
        log?.debug?.({ ...purpose.getStore(), ...outcome, ms }, 'cosmos request');
      };
      try {
        const response = await inner.sendRequest(request);
        done(diagnosticsOf(response));
        return response.status < 400 || isJsonObject(response.bodyAsText)
          ? response
          : { ...response, bodyAsText: '{}' };
      } catch (error) {
        const reason = reasonOf(error);
        done({ reason });
        throw new Unanswered(reason);
      }
    },
  };
}

function diagnosticsOf({ status, headers }: PipelineResponse) {
  const subStatus = headers.get('x-ms-substatus');
  return {
    status,
    ...(subStatus === undefined ? {} : { subStatus: Number(subStatus) }),
    requestUnits: Number(headers.get('x-ms-request-charge') ?? 0),
    activityId: headers.get('x-ms-activity-id'),
  };
}

/** A code (`ECONNRESET`) or the name of the error; never its message. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

function isJsonObject(text: string | null | undefined): boolean {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}
