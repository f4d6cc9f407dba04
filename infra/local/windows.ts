import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { createDirectory } from '../../services/directory/createDirectory.ts';
import type { PersonId } from '../../services/directory/directory.ts';
import { loadOrganization } from '../../services/directory/organization.ts';
import { LocalError } from './error.ts';

/** Somebody whose Teams window the local mode opens. */
export interface WindowPerson {
  readonly id: PersonId;
  readonly name: string;
  /** 職名; empty when none. */
  readonly post: string;
  /** 課 or 部. */
  readonly section: string;
  /** What they do in the demo: 「報告者」. */
  readonly role: string;
  readonly generalAffairs: boolean;
}

/** 「税務課 主任」; a 部長's post already says the 部. */
export const workplace = ({ section, post }: { readonly section: string; readonly post: string }): string =>
  post.startsWith(section) ? post : `${section} ${post}`.trim();

/** What the windows need to know of the organisation. */
export interface WindowPlan {
  readonly city: string;
  readonly tenantId: string;
  /** Conversation id of General Affairs' channel. */
  readonly channel: string | undefined;
  readonly people: readonly WindowPerson[];
  /** Everybody else, for the members' list of chats. */
  readonly colleagues: readonly { readonly id: PersonId; readonly name: string }[];
}

const windowsSchema = z.strictObject({
  windows: z.array(z.strictObject({ person: z.string(), role: z.string() })).min(1),
});

/** @throws LocalError naming the file and the mend; OrganizationError. */
export async function planWindows(organizationFile: string, windowsFile: string): Promise<WindowPlan> {
  const organization = await loadOrganization(organizationFile);
  const directory = createDirectory(organization);
  const { windows } = await readWindows(windowsFile);
  const people = windows.map(({ person: id, role }) => {
    const person = directory.person(id);
    if (person === undefined) {
      throw new LocalError(
        `${windowsFile}: ${id} は ${organizationFile} にありません。people か counters の id にしてください。`,
      );
    }
    const { name, post } = person;
    const section = directory.sectionName(person.section);
    return { id, name, post, section, role, generalAffairs: directory.isGeneralAffairs(id) };
  });
  const shown = new Set(people.map(({ id }) => id));
  return {
    city: directory.city,
    tenantId: directory.tenantId,
    channel: directory.generalAffairsChannel,
    people,
    colleagues: organization.people.filter(({ id }) => !shown.has(id)).map(({ id, name }) => ({ id, name })),
  };
}

async function readWindows(file: string): Promise<z.infer<typeof windowsSchema>> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new LocalError(`${file} を読めません。`);
  });
  const parsed = windowsSchema.safeParse(parse(text));
  if (parsed.success) return parsed.data;
  throw new LocalError(`${file}: windows に person と role の組を1つ以上書いてください。`);
}
