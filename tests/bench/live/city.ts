import type { ConversationReference } from '../../../bot/teams/reference.ts';

/** A city hall of 2,000 people in 60 sections: every caller has a section, and every section somebody on duty. */
export interface City {
  /** The organisation file (JSON is YAML). */
  readonly organization: string;
  /** One of each section after the other, so that neighbours page different people. */
  readonly callers: readonly string[];
  /** Who is on duty in the section of `callers[n]` is `duty[n % duty.length]`. */
  readonly duty: readonly string[];
  readonly generalAffairs: string;
  readonly everybody: readonly string[];
}

const TENANT = '00000000-0000-4000-8000-0000000000aa';
const SECTIONS = 60;
const STAFF = 33;
const OFFICERS = 12;
/** The longest that the organisation file allows: no step ends while something else is measured. */
export const NO_STEP_ENDS = 3_600;

/** @param waitSeconds until the next step of a lane; 30 in a city's file */
export function makeCity(waitSeconds: number): City {
  const sections = Array.from({ length: SECTIONS }, (_, n) => `section-${n}`);
  const staff = sections.map((_, n) => Array.from({ length: STAFF }, (_, m) => idOf(n * STAFF + m)));
  const officers = Array.from({ length: OFFICERS }, (_, n) => idOf(SECTIONS * STAFF + n));
  const [manager = '', generalAffairs = ''] = officers;
  const heads = staff.map(([head = '']) => head);
  const duty = staff.map(([, second = '']) => second);
  const everybody = [...staff.flat(), ...officers];
  const step = (...who: string[]) => ({ who, wait: waitSeconds });
  const officersInTurn = [step('general-affairs-duty'), step('general-affairs-manager')];
  const organization = {
    city: 'みなと市',
    tenantId: TENANT,
    timezone: 'Asia/Tokyo',
    helpExtension: '内線 2119',
    buildings: [HALL],
    places: sections.map((section, n) => ({
      name: '2番窓口',
      building: 'main',
      floor: 1 + (n % 9),
      section,
    })),
    departments: [{ id: 'bu', name: '窓口部', head: heads[0], building: 'main', floor: 1 }],
    sections: [
      ...sections.map((id, n) => ({
        id,
        name: `第${n + 1}窓口課`,
        department: 'bu',
        building: 'main',
        floor: 1 + (n % 9),
        head: heads[n],
      })),
      { id: 'soumu', name: '総務課', department: 'bu', building: 'main', floor: 3, head: manager },
    ],
    people: everybody.map((id, n) => ({
      id,
      name: `${FAMILIES[n % FAMILIES.length]} ${GIVEN[n % GIVEN.length]}`,
      section: n < SECTIONS * STAFF ? sections[Math.floor(n / STAFF)] : 'soumu',
    })),
    generalAffairs: { section: 'soumu', manager },
    duty: [
      ...sections.map((section, n) => ({ section, lane: 'second', people: [{ person: duty[n] }] })),
      { section: 'soumu', lane: 'generalAffairs', people: [{ person: generalAffairs }] },
    ],
    escalation: [
      { when: { levels: ['advice'] }, second: [], generalAffairs: officersInTurn },
      {
        when: { levels: ['assist', 'emergency'] },
        second: [step('duty'), step('section-head')],
        generalAffairs: officersInTurn,
      },
    ],
    reachability: { check: 'off', test: 'off' },
  };
  const callers = Array.from({ length: STAFF - 2 }, (_, m) => staff.map((ids) => ids[m + 2] ?? '')).flat();
  return { organization: JSON.stringify(organization), callers, duty, generalAffairs, everybody };
}

const idOf = (n: number): string => `00000000-0000-4000-8000-${String(n + 1).padStart(12, '0')}`;

const FAMILIES = ['佐藤', '鈴木', '清水', '中村', '高橋', '伊藤', '渡辺', '山本', '小林', '加藤', '井上'];
const GIVEN = ['健太', '美咲', '直樹', '陽子', '翔', '千尋', '大輔'];

/** Open whenever the benchmark is run. */
const HALL = {
  id: 'main',
  name: '本庁舎',
  address: 'みなと市中央1丁目1番1号',
  entrance: '正面玄関',
  outsidePrefix: '0',
  evacuation: '北駐車場へ避難してください。',
  hours: Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, '00:00-24:00']),
  ),
  closedDays: { nationalHolidays: false, newYear: false },
};

export const conversationOf = (person: string): string => `chat-${person}`;

/** Where somebody is reached, as stored when they installed the bot. */
export const referenceOf = (person: string, serviceUrl: string): ConversationReference => ({
  serviceUrl,
  conversationId: conversationOf(person),
  botId: '28:bot',
  userId: `29:${person}`,
  tenantId: TENANT,
});

let activities = 0;

/** What Teams posts when somebody writes this to the bot. */
export function says(person: string, text: string, serviceUrl: string): object {
  activities += 1;
  return {
    type: 'message',
    id: `activity-${activities}`,
    text,
    serviceUrl,
    channelId: 'msteams',
    locale: 'ja-JP',
    from: { id: `29:${person}`, aadObjectId: person, name: '職員' },
    recipient: { id: '28:bot', name: 'まもり' },
    conversation: { id: conversationOf(person), conversationType: 'personal', tenantId: TENANT },
    channelData: { tenant: { id: TENANT } },
  };
}
