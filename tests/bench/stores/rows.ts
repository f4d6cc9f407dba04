import { DatabaseSync } from 'node:sqlite';
import { pageSize, stretchOf } from '../../../services/store/paging.ts';
import { DUE, LIST, NEXT_DUE, READ } from '../../../services/store/sqlite/schema.ts';
import type { DocumentStore, Key, ListQuery } from '../../../services/store/store.ts';
import type { City, Measured } from './operations.ts';

/**
 * An embedded store whose reads also count, by the product's own statements with a counter as their first condition,
 * how many rows SQLite looks at. That number does not depend on the machine.
 */
class RowCounter implements Measured {
  rows = 0;
  readonly #store: Measured;
  readonly #database: DatabaseSync;

  constructor(store: Measured, file: string) {
    this.#store = store;
    this.#database = new DatabaseSync(file, { readOnly: true });
    this.#database.function('looked', { varargs: true }, () => {
      this.rows += 1;
      return 1;
    });
  }

  create: DocumentStore['create'] = (document) => this.#store.create(document);
  replace: DocumentStore['replace'] = (document, etag) => this.#store.replace(document, etag);

  read({ kind, id }: Key) {
    this.#count(READ, 'id', { kind, id });
    return this.#store.read({ kind, id });
  }

  due(now: number, limit: number) {
    this.#count(DUE, 'id', { now, limit });
    return this.#store.due(now, limit);
  }

  nextDue() {
    this.#count(NEXT_DUE, 'due_at', {});
    return this.#store.nextDue();
  }

  list(query: ListQuery) {
    const { kind, term } = query;
    this.#count(LIST, 'l.id', { kind, term, ...stretchOf(query), limit: pageSize(query.limit) + 1 });
    return this.#store.list(query);
  }

  close(): void {
    this.#database.close();
  }

  #count(sql: string, column: string, parameters: Record<string, string | number | null>): void {
    this.#database.prepare(sql.replace('WHERE', `WHERE looked(${column}) AND`)).all(parameters);
  }
}

/** The most rows that one call of an operation looked at, over some turns. */
export async function mostRows(
  { prepare }: { prepare(city: City, turn: number): Promise<() => Promise<unknown>> },
  city: City,
  file: string,
  turns: number,
): Promise<number> {
  const counter = new RowCounter(city.store, file);
  let most = 0;
  for (let turn = 0; turn < turns; turn += 1) {
    const perform = await prepare({ ...city, store: counter }, turn);
    counter.rows = 0;
    await perform();
    most = Math.max(most, counter.rows);
  }
  counter.close();
  return most;
}
