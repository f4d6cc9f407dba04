/** Where documents are kept, as read by `services/config.ts`. */
export type StoreSettings = SqliteSettings | CosmosSettings;

export interface SqliteSettings {
  readonly kind: 'sqlite';
  readonly folder: string;
}

export interface CosmosSettings {
  readonly kind: 'cosmos';
  /** https; http only where it does not leave the machine. */
  readonly endpoint: string;
  readonly database: string;
  readonly container: string;
  /** Emulators only: an account is reached as the process's managed identity. */
  readonly key?: string;
  /** Client id of a user-assigned managed identity, else the one of the machine. */
  readonly clientId?: string;
}

/** Emulators listen on this machine; whatever is elsewhere counts as an account with real cases in it. */
export function isLoopback(endpoint: string): boolean {
  const host = URL.parse(endpoint)?.hostname ?? '';
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}
