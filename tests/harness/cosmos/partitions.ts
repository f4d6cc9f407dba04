import type { IncomingHttpHeaders } from 'node:http';

/**
 * What the gateway of the service does with a sorted query over several physical partitions, and the local server does
 * not: it refuses to answer in one piece, gives a plan instead, and lets the SDK ask each partition and merge what they
 * answer. Documents belong to one of two partitions by a digest of their resource id.
 */
interface Asked {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Answered here, or passed on in another form with the server's answer turned back. */
type Partitioned =
  | { readonly status: number; readonly json: object }
  | { readonly body: Buffer; readonly without: string; readonly answer: (json: object) => object };

const RANGES = [
  { id: '0', minInclusive: '', maxExclusive: '7F' },
  { id: '1', minInclusive: '7F', maxExclusive: 'FF' },
];

export function partitioned({ path, headers, body }: Asked): Partitioned | undefined {
  if (path.endsWith('/pkranges')) {
    return { body, without: '', answer: (json) => ({ ...json, PartitionKeyRanges: RANGES, _count: 2 }) };
  }
  if (headers['content-type'] !== 'application/query+json' || !path.endsWith('/docs')) return undefined;
  const spec = JSON.parse(body.toString()) as Spec;
  if (headers['x-ms-cosmos-is-query-plan-request'] !== undefined) return { status: 200, json: plan(spec) };
  const range = headers['x-ms-documentdb-partitionkeyrangeid'];
  if (range === undefined) {
    const json = { code: 'BadRequest', message: 'cross partition', additionalErrorInfo: '{}' };
    return { status: 400, json };
  }
  const [, top = '1000'] = /^SELECT TOP (\d+) /.exec(spec.query) ?? [];
  const query = spec.query.replace(/^SELECT TOP \d+ /, 'SELECT ');
  return {
    body: Buffer.from(JSON.stringify({ ...spec, query })),
    without: 'x-ms-max-item-count',
    answer(json) {
      const { Documents = [] } = json as { Documents?: { _rid: string }[] };
      const own = Documents.filter(({ _rid }) => partitionOf(_rid) === range).slice(0, Number(top));
      return { ...json, Documents: own, _count: own.length };
    },
  };
}

interface Spec {
  readonly query: string;
  readonly parameters: readonly { readonly name: string; readonly value: unknown }[];
}

const partitionOf = (rid: string): string => {
  const bytes = Buffer.from(rid, 'base64');
  return String(bytes.reduce((sum, byte) => sum + byte, 0) % 2);
};

/** As the service plans the queries of `queries.ts`: sort values beside the payload, a place for the SDK's filter. */
function plan({ query, parameters }: Spec): object {
  const parts = /^SELECT TOP (@?\w+) (VALUE )?(.+) FROM c WHERE (.+) ORDER BY (.+)$/.exec(query);
  if (parts === null) throw new Error(`no plan for ${query}`);
  const [, given = '', value, selected = '', where = '', order = ''] = parts;
  const top = parameters.find(({ name }) => name === given)?.value ?? given;
  const terms = order.split(', ').map((term) => term.split(' '));
  const properties = selected.split(', ');
  const payload =
    value === undefined
      ? `{${properties.map((property) => `"${property.replace('c.', '')}": ${property}`).join(', ')}}`
      : selected;
  const items = terms.map(([expression]) => `{"item": ${expression}}`).join(', ');
  const queryInfo = {
    distinctType: 'None',
    top: Number(top),
    orderBy: terms.map(([, direction]) => (direction === 'DESC' ? 'Descending' : 'Ascending')),
    orderByExpressions: terms.map(([expression]) => expression),
    aggregates: [],
    groupByExpressions: [],
    groupByAliasToAggregateType: {},
    rewrittenQuery: `SELECT TOP ${top} c._rid, [${items}] AS orderByItems, ${payload} AS payload FROM c WHERE ((${where}) AND ({documentdb-formattableorderbyquery-filter})) ORDER BY ${order}`,
    hasSelectValue: value !== undefined,
    hasNonStreamingOrderBy: false,
  };
  const queryRanges = [{ min: '', max: 'FF', isMinInclusive: true, isMaxInclusive: false }];
  return { partitionedQueryExecutionInfoVersion: 2, queryInfo, queryRanges };
}
