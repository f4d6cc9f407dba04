/** One read or write of somebody's record, while it is under way. */
interface Request {
  readonly id: string;
  /** A write of the same record has ended since it began: what it brings may be older than that. */
  isOvertaken: boolean;
}

/** What is under way with each record in this process. */
export class Requests {
  readonly #underWay = new Map<string, Set<Request>>();

  begin(id: string): Request {
    const request = { id, isOvertaken: false };
    const same = this.#underWay.get(id) ?? new Set();
    this.#underWay.set(id, same.add(request));
    return request;
  }

  /** Also of one that failed: nobody knows whether it has been written. */
  end(request: Request, what: 'read' | 'write'): void {
    const others = this.#underWay.get(request.id) ?? new Set();
    others.delete(request);
    if (others.size === 0) this.#underWay.delete(request.id);
    if (what === 'write') for (const other of others) other.isOvertaken = true;
  }
}
