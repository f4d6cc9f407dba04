/** Why the local mode could not start or had to stop: a sentence for the person at the terminal. */
export class LocalError extends Error {}
