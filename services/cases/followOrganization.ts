import type { Calls } from '../calls/calls.ts';
import { type CallSummary, TERMS } from '../calls/listing.ts';
import { mayDo } from '../calls/roles.ts';
import type { Clock } from '../clock.ts';
import type { Directory, PersonId } from '../directory/directory.ts';
import type { Log } from '../log.ts';
import type { Reports } from '../reports/reports.ts';
import type { DocumentStore } from '../store/store.ts';

interface Parts {
  readonly calls: Calls;
  readonly reports: Reports;
  readonly store: DocumentStore;
  readonly directory: Directory;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

const PAGE = 200;

/** `Cases.followOrganization`: once through all that are open. */
export async function followOrganization(parts: Parts): Promise<void> {
  for (let cursor: string | undefined; ; ) {
    const query = { kind: 'call', term: TERMS.open(), limit: PAGE };
    const page = await parts.store.list(cursor === undefined ? query : { ...query, cursor });
    for (const { summary } of page.items) await followOne(parts, summary as CallSummary | null);
    if (page.next === undefined) return;
    cursor = page.next;
  }
}

/** One case that cannot be written must not keep the others waiting; the next change or start tries again. */
async function followOne(parts: Parts, summary: CallSummary | null): Promise<void> {
  if (summary === null) return;
  const { calls, reports, directory, log } = parts;
  const { code, assignee } = summary;
  try {
    if (assignee !== null && !directory.isGeneralAffairs(assignee.id))
      await calls.execute(code, { type: 'release', person: assignee.id });
    for (const person of await strangersReading(parts, code)) await reports.cover(code, person);
  } catch (error) {
    log.error({ key: `call/${code}`, err: error }, 'case not followed');
  }
}

/** Whoever has a narrative or quotes on the screen and may not see them any more. */
async function strangersReading(
  { calls, reports, directory, clock }: Parts,
  code: string,
): Promise<PersonId[]> {
  const report = await reports.read(code);
  const readers = new Set(report?.open?.map(({ by }) => by));
  const waiting = report?.entries.filter(({ judgement, card }) => judgement === null && card !== null) ?? [];
  const left = waiting.map(({ by }) => by.id).filter((id) => directory.person(id) === undefined);
  if (readers.size + left.length === 0) return [];
  const call = await calls.read(code);
  if (call === undefined) return [];
  const now = clock.now();
  return [...[...readers].filter((id) => !mayDo(call, directory, id, 'read', now)), ...left];
}
