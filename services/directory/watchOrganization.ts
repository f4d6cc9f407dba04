import { createDirectory } from './createDirectory.ts';
import type { Directory } from './directory.ts';
import type { LiveDirectory } from './liveDirectory.ts';
import {
  decodeOrganization,
  type Organization,
  OrganizationError,
  readBytes,
  readOrganization,
} from './organization.ts';

export interface WatchParts {
  readonly path: string;
  /** Contents the organisation in force was read from. */
  readonly loaded: Buffer;
  /** Takes a changed organisation into force. */
  readonly directory: LiveDirectory;
  /** Runs a task again and again; the returned function ends it. */
  readonly repeat: (task: () => void) => () => void;
  /**
   * An organisation is in force: at the start (the file may have changed while nothing ran) and after each change.
   * Called again at the next look when it fails.
   */
  readonly onChange: () => Promise<void>;
  /** A changed file cannot be used, told once for each content; the organisation before stays in force. */
  readonly onRejected: (error: OrganizationError) => void;
  /** `onChange` failed, or something else that no file should cause. */
  readonly onFailed: (error: unknown) => void;
}

export interface OrganizationWatch {
  /** Looks at the file once; resolves when what follows from it is done. Never rejects. */
  check(): Promise<void>;
  /** Looks no more, and waits for a look under way. */
  stop(): Promise<void>;
}

/** What is on the disk, or why it cannot be read. */
type Contents = Buffer | OrganizationError;

const same = (one: Contents, other: Contents): boolean =>
  one instanceof OrganizationError || other instanceof OrganizationError
    ? one instanceof OrganizationError && other instanceof OrganizationError
    : one.equals(other);

async function contentsOf(path: string): Promise<Contents> {
  try {
    return await readBytes(path);
  } catch (error) {
    if (error instanceof OrganizationError) return error;
    throw error;
  }
}

/** @throws OrganizationError when the contents cannot take the place of the organisation in force. */
function accepted(contents: Contents, inForce: Directory): Organization {
  if (contents instanceof OrganizationError) throw contents;
  const { organization, errors, locate } = readOrganization(decodeOrganization(contents));
  if (organization === undefined || errors.length > 0) throw new OrganizationError(errors);
  if (organization.tenantId === inForce.tenantId) return organization;
  // Cases and conversations belong to a tenant: another one is another installation.
  const message = 'テナントIDは、動いている間は変えられません。元に戻すか、まもりを再起動してください。';
  throw new OrganizationError(locate([{ path: ['tenantId'], message }]));
}

/**
 * Follows the organisation file by reading it again and again: events of the file system are lost on shared folders,
 * and when an editor puts another file in its place. Only contents seen twice in a row are judged, since half of a
 * file being written (or the moment without one) may look like a whole one.
 */
export function watchOrganization(parts: WatchParts): OrganizationWatch {
  let judged: Contents = parts.loaded;
  let before: Contents = parts.loaded;
  let isOwed = true;
  let looking: Promise<void> | undefined;

  async function look(): Promise<void> {
    const contents = await contentsOf(parts.path);
    const isSettled = same(contents, before);
    before = contents;
    if (isSettled && !same(contents, judged)) {
      judged = contents;
      take(contents);
    }
    if (!isOwed) return;
    await parts.onChange();
    isOwed = false;
  }

  function take(contents: Contents): void {
    try {
      parts.directory.replace(createDirectory(accepted(contents, parts.directory)));
      isOwed = true;
    } catch (error) {
      if (!(error instanceof OrganizationError)) throw error;
      parts.onRejected(error);
    }
  }

  async function check(): Promise<void> {
    // A look that takes longer than the interval is not overtaken by the next one.
    looking ??= look()
      .catch(parts.onFailed)
      .finally(() => {
        looking = undefined;
      });
    return looking;
  }

  const end = parts.repeat(() => void check());
  return {
    check,
    async stop() {
      end();
      await looking;
    },
  };
}
