import { createRequire } from 'node:module';
import type { IndexingPolicy } from '@azure/cosmos';
import { isIndexed, orderIndex } from './indexes.ts';

/**
 * What the documentation of Cosmos DB says about how a query is served by a container's indexes (its pages "Overview
 * of indexing" and "Indexing policies", 2025). The local server plans nothing and emulators charge the same with and
 * without an index, so this is the check that can be had without an account. It reads the query with the local
 * server's own parser and knows few forms: one that it does not know is a problem, not a pass.
 */
interface Plan {
  /** How each part is served, like an EXPLAIN. */
  readonly steps: readonly string[];
  /** What the rules forbid: the service refuses it, or looks at documents that it does not answer with. */
  readonly problems: readonly string[];
  /** What works and what the documentation says could cost less, or does not promise. */
  readonly doubts: readonly string[];
}

export function planOf(query: string, policy: IndexingPolicy): Plan {
  const planner = new Planner(policy);
  try {
    planner.plan(PARSER.parse(query).body);
  } catch (error) {
    if (!(error instanceof PARSER.SyntaxError)) throw error;
    planner.problems.push('it cannot be read: OFFSET, GROUP BY, DISTINCT and the like are not known here');
  }
  return planner;
}

/** Of the local server: found from where that is installed, wherever that may be. */
const PARSER: {
  parse(query: string): { readonly body: Node };
  readonly SyntaxError: new () => Error;
} = createRequire(createRequire(import.meta.url).resolve('@vercel/cosmosdb-server'))(
  '@zeit/cosmosdb-query/lib/parser',
);

// biome-ignore lint/suspicious/noExplicitAny: the parser comes without types for its trees
type Node = any;

/** One comparison of a property with a value. */
interface Filter {
  readonly path: string;
  readonly operator: string;
}

const RANGES: ReadonlySet<string> = new Set(['<', '<=', '>', '>=']);

/** What a list never needs: text of any length. */
const LARGE: ReadonlySet<string> = new Set(['/body', '/operations']);

class Planner implements Plan {
  readonly steps: string[] = [];
  readonly problems: string[] = [];
  readonly doubts: string[] = [];
  readonly #policy: IndexingPolicy;
  /** Of each OR. */
  readonly #sides: (readonly Filter[])[] = [];

  constructor(policy: IndexingPolicy) {
    this.#policy = policy;
    if (policy.indexingMode !== 'consistent') this.problems.push('the index is not kept up to date');
  }

  plan({ top, select, from, where, orderBy }: Node): void {
    if (top == null) this.problems.push('no TOP: the answer may be of any size');
    const { expression: source, alias } = from.source;
    if (from.joins.length > 0 || alias !== null || source.expression.name !== 'c') {
      this.problems.push('FROM is more than the container itself');
    }
    this.#projection(select);
    if (where == null) this.problems.push('no WHERE: every document is looked at');
    const filters = where == null ? [] : this.#conjunction(where.condition);
    this.#unbounded(filters);
    this.#order(orderBy?.expressions ?? [], filters);
  }

  #projection(select: Node): void {
    const selected: Node[] = select.properties?.properties.map((each: Node) => each.property) ?? [];
    const paths = (select.value ? [select.value] : selected).map(pathOf);
    if (paths.length === 0) this.problems.push('it answers with whole documents');
    for (const path of paths) {
      if (path === undefined) this.problems.push('it answers with something that is no property');
      else if (path === '' || LARGE.has(path))
        this.problems.push(`it answers with ${path || 'whole documents'}`);
    }
  }

  /** Each part of an AND narrows down what the others leave, by an index of its own. */
  #conjunction(node: Node): Filter[] {
    if (node.type === 'scalar_binary_expression' && node.operator === 'AND') {
      return [...this.#conjunction(node.left), ...this.#conjunction(node.right)];
    }
    if (node.type === 'scalar_binary_expression' && node.operator === 'OR') {
      this.#alternatives(node);
      return [];
    }
    const filter = this.#filter(node);
    if (filter === undefined) return [];
    this.steps.push(`${textOf(filter)}: ${lookup(filter)}`);
    return [filter];
  }

  /** An OR is a union: it uses the index only when each of its sides does. */
  #alternatives(node: Node): void {
    const sides = sidesOf(node).map((side) => conjunctsOf(side).flatMap((each) => this.#filter(each) ?? []));
    this.steps.push(`${sides.map((side) => side.map(textOf).join(' AND ')).join(' OR ')}: union`);
    this.#sides.push(...sides);
  }

  /** A range of a property that nothing else bounds: the union is as large as that range. */
  #unbounded(filters: readonly Filter[]): void {
    for (const [only, ...more] of this.#sides) {
      if (only === undefined || more.length > 0 || !RANGES.has(only.operator)) continue;
      if (filters.some(({ path }) => path === only.path)) continue;
      this.doubts.push(`${textOf(only)} alone on one side of an OR may be true for many`);
    }
  }

  /** A comparison or ARRAY_CONTAINS whose property is indexed. */
  #filter(node: Node): Filter | undefined {
    const filter = filterOf(node);
    if (filter === undefined) {
      this.problems.push(`a condition that is not known to use an index (${formOf(node)})`);
    } else if (!isIndexed(filter.path, this.#policy)) {
      this.problems.push(`${filter.path} is filtered and not indexed`);
    }
    return filter;
  }

  #order(expressions: readonly Node[], filters: readonly Filter[]): void {
    const order = expressions.map(({ expression, order: direction }) => ({
      path: pathOf(expression) ?? '',
      order: direction === 'DESC' ? 'descending' : 'ascending',
    }));
    if (order.length === 0) return void this.problems.push('no ORDER BY: TOP takes any documents');
    const index = orderIndex(order, this.#policy);
    if (index === undefined) {
      const wanted = order.map(({ path, order: direction }) => `${path} ${direction}`).join(', ');
      return void this.problems.push(`no index for ORDER BY ${wanted}`);
    }
    this.steps.push(`ORDER BY: ${index}`);
    this.#together(order, filters);
  }

  /** "Queries with a filter and ORDER BY": equality first, at most one range, and that last. */
  #together(order: readonly { readonly path: string }[], filters: readonly Filter[]): void {
    const paths = order.map(({ path }) => path);
    const equal = new Set(filters.filter(({ operator }) => operator === '=').map(({ path }) => path));
    const first = paths.slice(0, equal.size);
    if (![...equal].every((path) => first.includes(path))) {
      const both = `(${[...equal, ...paths].join(', ')})`;
      if (paths.length > 1) this.problems.push(`equality filters are not first in ORDER BY: ${both}`);
      else this.doubts.push(`a composite index ${both} would serve filter and ORDER BY in one`);
    }
    for (const { path, operator } of filters) {
      if (paths.includes(path) && RANGES.has(operator) && path !== paths.at(-1)) {
        this.doubts.push(`${path} ${operator} is not on the last property of that index: by the range index`);
      } else if (operator === 'contains' && !paths.includes(path)) {
        this.doubts.push(`${path} is not in that index: which of both is walked is up to the service`);
      }
    }
  }
}

const sidesOf = (node: Node): Node[] =>
  node.operator === 'OR' ? [...sidesOf(node.left), ...sidesOf(node.right)] : [node];
const conjunctsOf = (node: Node): Node[] =>
  node.operator === 'AND' ? [...conjunctsOf(node.left), ...conjunctsOf(node.right)] : [node];

const textOf = ({ path, operator }: Filter): string => `${path} ${operator}`;

const lookup = ({ operator }: Filter): string => (RANGES.has(operator) ? 'precise index scan' : 'index seek');

function filterOf(node: Node): Filter | undefined {
  if (node.type === 'scalar_function_expression') {
    const [array, value, ...rest] = node.arguments;
    // With a third argument parts of an element match, of which the range index holds nothing.
    const isContains = node.name.name.toUpperCase() === 'ARRAY_CONTAINS' && !node.udf && rest.length === 0;
    const path = isContains && isValue(value) ? pathOf(array) : undefined;
    return path === undefined ? undefined : { path: `${path}/[]`, operator: 'contains' };
  }
  if (node.type !== 'scalar_binary_expression') return undefined;
  const { operator } = node;
  const path = pathOf(node.left);
  const isKnown = operator === '=' || RANGES.has(operator);
  return path !== undefined && path !== '' && isKnown && isValue(node.right) ? { path, operator } : undefined;
}

const isValue = (node: Node): boolean => node?.type === 'parameter_name' || /_constant$/.test(node?.type);

/** `/a/b` for `c.a.b`, empty for the document itself; nothing for what is no property. */
function pathOf(node: Node): string | undefined {
  if (node?.type === 'identifier') return node.name === 'c' ? '' : undefined;
  if (node?.type === 'scalar_member_expression' && !node.computed) {
    const parent = pathOf(node.object);
    return parent === undefined ? undefined : `${parent}/${node.property.name}`;
  }
  return undefined;
}

const formOf = (node: Node): string => node.operator ?? node.name?.name ?? node.type;
