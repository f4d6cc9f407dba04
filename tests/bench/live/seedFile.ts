import { DatabaseSync } from 'node:sqlite';
import { encode } from '../../../services/store/encoding.ts';
import { CREATE } from '../../../services/store/sqlite/schema.ts';
import type { Document } from '../../../services/store/store.ts';

/** Into a database that the product has made, by its own statement; only waiting for the disk is left out. */
export function seedFile(file: string, documents: Iterable<Document>): void {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA synchronous = OFF; BEGIN');
  const create = database.prepare(CREATE);
  let n = 0;
  for (const document of documents) {
    create.run({ ...encode(document), etag: `seeded-${n}` });
    n += 1;
  }
  database.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
}
