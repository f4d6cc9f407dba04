/**
 * The steps from an empty file to the current schema; `PRAGMA user_version` says how many a file has had. A step
 * that has been released is never edited: append another.
 *
 * Columns that lists and conditions need stand before `body`, so that SQLite does not walk through a long one.
 * Times are REAL: whole milliseconds take no more room, and a fraction does not make a write fail.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE documents (
    kind    TEXT NOT NULL,
    id      TEXT NOT NULL,
    etag    TEXT NOT NULL,
    due_at  REAL,
    sort_at REAL NOT NULL,
    terms   TEXT NOT NULL,
    summary TEXT NOT NULL,
    body    TEXT NOT NULL,
    PRIMARY KEY (kind, id)
  ) STRICT;

  CREATE INDEX documents_due ON documents (due_at, kind, id) WHERE due_at IS NOT NULL;

  -- One row a term of a document, in the order of lists. Kept by the triggers below, so that the one statement
  -- that writes a document is the whole transaction.
  CREATE TABLE listing (
    kind    TEXT NOT NULL,
    term    TEXT NOT NULL,
    sort_at REAL NOT NULL,
    id      TEXT NOT NULL,
    PRIMARY KEY (kind, term, sort_at DESC, id)
  ) STRICT, WITHOUT ROWID;

  CREATE TRIGGER documents_listed AFTER INSERT ON documents
  BEGIN
    INSERT INTO listing (kind, term, sort_at, id)
    SELECT DISTINCT NEW.kind, value, NEW.sort_at, NEW.id FROM json_each(NEW.terms);
  END;

  CREATE TRIGGER documents_relisted AFTER UPDATE OF terms, sort_at ON documents
  WHEN OLD.terms <> NEW.terms OR OLD.sort_at <> NEW.sort_at
  BEGIN
    DELETE FROM listing
    WHERE kind = OLD.kind AND sort_at = OLD.sort_at AND id = OLD.id
      AND term IN (SELECT value FROM json_each(OLD.terms));
    INSERT INTO listing (kind, term, sort_at, id)
    SELECT DISTINCT NEW.kind, value, NEW.sort_at, NEW.id FROM json_each(NEW.terms);
  END;

  CREATE TRIGGER documents_unlisted AFTER DELETE ON documents
  BEGIN
    DELETE FROM listing
    WHERE kind = OLD.kind AND sort_at = OLD.sort_at AND id = OLD.id
      AND term IN (SELECT value FROM json_each(OLD.terms));
  END;
  `,
];

export const CREATE = `
  INSERT INTO documents (kind, id, etag, due_at, sort_at, terms, summary, body)
  VALUES (:kind, :id, :etag, :dueAt, :sortAt, :terms, :summary, :body)
  ON CONFLICT (kind, id) DO NOTHING`;

export const REPLACE = `
  UPDATE documents
  SET etag = :etag, due_at = :dueAt, sort_at = :sortAt, terms = :terms, summary = :summary, body = :body
  WHERE kind = :kind AND id = :id AND etag = :expected`;

export const READ = `
  SELECT kind, id, etag, due_at AS dueAt, sort_at AS sortAt, terms, summary, body
  FROM documents WHERE kind = :kind AND id = :id`;

export const DUE = `
  SELECT kind, id FROM documents WHERE due_at <= :now ORDER BY due_at, kind, id LIMIT :limit`;

export const NEXT_DUE = `
  SELECT due_at AS dueAt FROM documents WHERE due_at IS NOT NULL ORDER BY due_at LIMIT 1`;

/**
 * CROSS JOIN fixes the order: walk the listing from the cursor on and look up each summary. Where `:id` is NULL the
 * comparison with it is not true for any document of that very time.
 */
export const LIST = `
  SELECT l.id, l.sort_at AS sortAt, d.summary
  FROM listing AS l CROSS JOIN documents AS d ON d.kind = l.kind AND d.id = l.id
  WHERE l.kind = :kind AND l.term = :term
    AND l.sort_at <= :sortAt AND l.sort_at >= :from AND (l.sort_at < :sortAt OR l.id > :id)
  ORDER BY l.sort_at DESC, l.id LIMIT :limit`;

export const ALL = `
  SELECT kind, id, etag, due_at AS dueAt, sort_at AS sortAt, terms, summary, body
  FROM documents WHERE (kind, id) > (:kind, :id) ORDER BY kind, id LIMIT :limit`;

export const PING = 'SELECT 1 FROM documents LIMIT 1';
