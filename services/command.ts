/**
 * What a command of the operator prints, and its exit code: 0 all is well, 1 something is not, 2 wrong usage; or as the
 * command says.
 */
export interface Outcome {
  readonly code: 0 | 1 | 2;
  readonly text: string;
}
