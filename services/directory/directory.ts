import type { Level } from '../calls/level.ts';

export type PersonId = string;
export type Lane = 'second' | 'generalAffairs';
export const LANES: readonly Lane[] = ['second', 'generalAffairs'];

/** Somebody (or a shared counter PC) with a Teams login. `id` is `from.aadObjectId`. */
export interface Person {
  readonly id: PersonId;
  readonly kind: 'person' | 'counter';
  /** 氏名, or the name of the counter account. */
  readonly name: string;
  /** Other ways the name is written or read (kana), used when a colleague calls for somebody. */
  readonly aliases: readonly string[];
  /** 職名, as shown beside the name; empty when none. */
  readonly post: string;
  readonly section: string;
  /** For a counter account: the place it stands for. */
  readonly place?: string;
}

/** Where help is needed. Resolved from free text; `text` is what the caller wrote or the default place. */
export interface Place {
  readonly text: string;
  readonly building: string;
  readonly buildingName: string;
  readonly floor?: number;
  readonly section?: string;
  /** Minutes within which a responder is expected (default 3). */
  readonly arriveMinutes: number;
}

export interface BuildingFacts {
  readonly name: string;
  /** Read out to 110. */
  readonly address: string;
  /** Which entrance the police are sent to. */
  readonly entrance: string;
  /** Outside-line prefix, e.g. `0`; empty when none. */
  readonly outsidePrefix: string;
  readonly evacuation: string;
}

/** One step of one lane, resolved to people for one moment. */
export interface ResolvedStep {
  /** What the step is, for the card: 「当番」「同じ課の職員」… */
  readonly label: string;
  readonly people: readonly PersonId[];
  /** Somebody without Teams to be rung up: a step of this kind pages nobody. */
  readonly phoneOnly?: { readonly label: string; readonly extension: string };
  readonly waitSeconds: number;
}

export interface StepsQuery {
  readonly lane: Lane;
  readonly level: Level;
  /** Section of the caller; undefined for somebody who is not in the directory. */
  readonly section?: string;
  readonly place: Place;
  /** Chooses the policy (opening hours); usually the start of the round. */
  readonly policyAt: number;
  /** Chooses who is on duty or away; usually now. */
  readonly peopleAt: number;
}

/** Posts of one person; `heads` are sections, `departments` are departments (部局). */
export interface Posts {
  readonly heads: readonly string[];
  readonly departments: readonly string[];
  /** Manager of General Affairs (総務課長). */
  readonly isManager: boolean;
}

/**
 * The organisation as configured (P1: a case belongs to the organisation). Pure look-ups, no I/O: safe to pass
 * to `decide`. Unknown ids answer undefined or empty, never throw.
 */
export interface Directory {
  readonly city: string;
  readonly tenantId: string;
  readonly language: 'ja' | 'en';
  /** What to do when the bot does not answer: 「内線 2119」. */
  readonly helpExtension: string;
  person(id: PersonId): Person | undefined;
  /** People whose name, alias or family name matches, else whose post does; those of `section` win. */
  findByName(name: string, section?: string): readonly Person[];
  sectionName(id: string): string;
  sectionHead(section: string): PersonId | undefined;
  /** All sections (課), in the order of the file. */
  sections(): readonly { readonly id: string; readonly name: string; readonly department: string }[];
  /**
   * Posts somebody acts for at a moment: their own, and those they stand in for as deputy while the holder is away.
   * A holder keeps the post while away.
   */
  posts(id: PersonId, at: number): Posts;
  /** Whether this person belongs to General Affairs (総務課). */
  isGeneralAffairs(id: PersonId): boolean;
  /** Building where General Affairs sits: elsewhere they support by telephone first. */
  readonly generalAffairsBuilding: string;
  /** The conversation id of General Affairs' channel, when there is one. */
  readonly generalAffairsChannel: string | undefined;
  /** People told when the channel is missing or cannot be reached, best first. */
  generalAffairsFallback(at: number): readonly PersonId[];
  resolvePlace(text: string, caller?: Person): Place;
  /** Whether this is, as a whole, a name of a place, section or building here, in any of the ways it is said. */
  isPlaceName(text: string): boolean;
  building(id: string): BuildingFacts;
  /** All steps of a lane, in order; an empty array when the policy gives the lane nothing. */
  steps(query: StepsQuery): readonly ResolvedStep[];
  /** Own card without alert, red or open 110 text: counters by default, sections by setting (domain: At a counter). */
  isQuiet(id: PersonId): boolean;
  /** 合言葉: a section's code phrase that means a level. */
  codePhrase(text: string, section?: string): Level | undefined;
}
