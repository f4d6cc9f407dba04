import { createWriteStream, type WriteStream } from 'node:fs';

/** What the workers complained about: kept in a file, counted by message. */
export class Logs {
  readonly counts = new Map<string, number>();
  readonly #file: WriteStream;

  constructor(path: string) {
    this.#file = createWriteStream(path);
  }

  take(worker: string, line: string): void {
    this.#file.write(`${worker} ${line}\n`);
    if (line.startsWith('mamori ')) return;
    const name = nameOf(line);
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }

  /** What was done to a worker, or what it did not do: to read beside its own lines. */
  note(worker: string, what: string): void {
    this.#file.write(`${worker} ${new Date().toISOString()} -- ${what}\n`);
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#file.end(() => resolve()));
  }
}

function nameOf(line: string): string {
  try {
    const { msg, kind, reason, err } = JSON.parse(line) as Record<string, unknown>;
    const { code, name } = (err ?? {}) as { code?: unknown; name?: unknown };
    return [msg, kind ?? '', reason ?? code ?? name ?? ''].filter((part) => part !== '').join(': ');
  } catch {
    return `not a log line: ${line.slice(0, 80)}`;
  }
}
