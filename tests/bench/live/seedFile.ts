import { DatabaseSync } from 'node:sqlite';
import { encode } from '../../../services/store/encoding.ts';
import { CREATE } from '../../../services/store/sqlite/schema.ts';
import type { Document } from '../../../services/store/store.ts';

/** Into a database that the product has made, by its own statement, while nobody else has it open; only waiting for the disk is left out. */
export function seedFile(file: string, documents: Iterable<Document>): void {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -600000; BEGIN');
  const create = database.prepare(CREATE);
  for (const document of documents) create.run({ ...encode(document), etag: `seeded-${document.id}` });
  database.exec('COMMIT');
  database.close();
}
