import type { Level } from '../calls/level.ts';
import type { PagedLevel } from './escalationSchema.ts';

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

/**
 * A registered place that calls without Teams: by a button, a telephone key or a shortcut (`triggers`). Its calls are
 * those of a counter, except that no card can be sent to it.
 */
export interface TriggerPlace {
  readonly id: string;
  /** What it is in a call: `place:<id>`, which is no Entra object id. */
  readonly caller: Person;
  /** What it may ask for; the first one where the button does not say. Never empty. */
  readonly levels: readonly PagedLevel[];
  /** Signed requests are refused from now on; a call of it that is open goes on. */
  readonly revoked: boolean;
}

const TRIGGER = 'place:';
export const triggerCaller = (id: string): PersonId => `${TRIGGER}${id}`;

/** Whether a message can be sent to this participant at all. */
export const hasTeams = (id: PersonId): boolean => !id.startsWith(TRIGGER);

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

/** Why somebody may be paged: a duty list, a post, its deputy, a step that names them, or being near. */
export const DUTY_KINDS = [
  'duty',
  'general-affairs-duty',
  'manager',
  'section-head',
  'department-head',
  'deputy',
  'named',
  'general-affairs',
  'colleague',
] as const;

export type DutyKind = (typeof DUTY_KINDS)[number];

export interface DutyPost {
  readonly kind: DutyKind;
  /** Name of the section or department it is held for. */
  readonly unit: string;
  /** The first of the days asked for on which it may page them; null for a deputy of somebody who is present. */
  readonly next: string | null;
}

/** Somebody whom a step of a lane may page. */
export interface Pageable {
  readonly id: PersonId;
  /** The most telling first; never empty. */
  readonly as: readonly DutyPost[];
}

/** When it is checked whether people can be reached; minutes since midnight, null: not by itself. */
export interface ReachabilitySettings {
  readonly checkAt: number | null;
  /** How far the duty lists are looked through. */
  readonly daysAhead: number;
  readonly testAt: number | null;
  /** Working days until those who have not confirmed a 通知テスト are listed. */
  readonly answerDays: number;
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
  /** Whether somebody here has this family and this given name; both as `squeezeName` leaves them. */
  isFullName(family: string, given: string): boolean;
  /** Whether this is, as a whole, a name of a place, section or building here, in any of the ways it is said. */
  isPlaceName(text: string): boolean;
  /** The registered name within the words of a place, its building, floor and section in front; nothing else of them. */
  placeName(place: Place): string;
  triggerPlace(id: string): TriggerPlace | undefined;
  building(id: string): BuildingFacts;
  /** All steps of a lane, in order; an empty array when the policy gives the lane nothing. */
  steps(query: StepsQuery): readonly ResolvedStep[];
  /** Everybody whom any step of any rule may page on one of `days` days from `from` (`2026-12-01`), each once. */
  pageable(from: string, days: number): readonly Pageable[];
  /** Whether the main building opens on this day. */
  isWorkingDay(day: string): boolean;
  /** On leave or on a trip on this day. */
  isAway(id: PersonId, day: string): boolean;
  readonly reachability: ReachabilitySettings;
  /** Own card without alert, red or open 110 text: counters by default, sections by setting (domain: At a counter). */
  isQuiet(id: PersonId): boolean;
  /** 合言葉: a section's code phrase that means a level. */
  codePhrase(text: string, section?: string): PagedLevel | undefined;
}
