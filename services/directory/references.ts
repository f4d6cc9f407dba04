import type { Finding, Path } from './problems.ts';
import type { Organization } from './schema.ts';
import { squeezePhrase, squeezePlace } from './text.ts';

/** Everything in the file that points to, or clashes with, something else in it. */
export function referenceFindings(org: Organization): Finding[] {
  const check = new Check(org);
  checkIds(org, check);
  checkPlaces(org, check);
  checkStructure(org, check);
  checkPeople(org, check);
  checkDuty(org, check);
  checkEscalation(org, check);
  return check.findings;
}

class Check {
  readonly findings: Finding[] = [];
  readonly buildings: ReadonlySet<string>;
  readonly departments: ReadonlySet<string>;
  readonly sections: ReadonlySet<string>;
  readonly people: ReadonlySet<string>;
  readonly counters: ReadonlySet<string>;

  constructor(org: Organization) {
    const ids = (list: readonly { id: string }[]) => new Set(list.map(({ id }) => id));
    this.buildings = ids(org.buildings);
    this.departments = ids(org.departments);
    this.sections = ids(org.sections);
    this.people = ids(org.people);
    this.counters = ids(org.counters);
  }

  add(path: Path, message: string): void {
    this.findings.push({ path, message });
  }

  building(path: Path, id: string): void {
    if (!this.buildings.has(id))
      this.add(path, `「${id}」という建物はありません。buildings の id のどれかにしてください。`);
  }

  section(path: Path, id: string): void {
    if (!this.sections.has(id))
      this.add(path, `「${id}」という課はありません。sections の id のどれかにしてください。`);
  }

  person(path: Path, id: string): void {
    if (this.people.has(id)) return;
    if (this.counters.has(id)) this.add(path, `「${id}」は窓口端末です。people の職員の id にしてください。`);
    else this.add(path, `「${id}」という職員はいません。people の id のどれかにしてください。`);
  }

  range(path: Path, { from, to }: { from?: string | undefined; to?: string | undefined }): void {
    if (from !== undefined && to !== undefined && to < from)
      this.add([...path, 'to'], `終わり（${to}）が始まり（${from}）より前です。日付を直してください。`);
  }

  /** `entries`: path and value, in the order of the file; the later of two equal ones is reported. */
  unique(entries: readonly (readonly [Path, string])[], message: (value: string) => string): void {
    const seen = new Set<string>();
    for (const [path, value] of entries) {
      if (seen.has(value)) this.add(path, message(value));
      seen.add(value);
    }
  }
}

function checkIds(org: Organization, check: Check): void {
  const ids = (name: 'buildings' | 'departments' | 'sections' | 'people' | 'counters' | 'triggers') =>
    org[name].map(({ id }, index) => [[name, index, 'id'], id] as const);
  const again = (id: string) => `「${id}」は上でも使われています。id は一つずつ別にしてください。`;
  check.unique(ids('buildings'), again);
  check.unique(ids('triggers'), again);
  // A person's `section` may name either, so the two share one set of names.
  check.unique([...ids('departments'), ...ids('sections')], again);
  check.unique(
    [...ids('people'), ...ids('counters')],
    (id) =>
      `「${id}」は上の人か端末でも使われています。二重の行を消すか、正しいオブジェクトIDにしてください。`,
  );
}

function checkPlaces(org: Organization, check: Check): void {
  org.places.forEach((place, index) => {
    const path = ['places', index];
    check.building([...path, 'building'], place.building);
    if (place.section !== undefined) check.section([...path, 'section'], place.section);
    [place.name, ...place.aliases].forEach((name, at) => {
      if (squeezePlace(name) === '')
        check.add(
          at === 0 ? [...path, 'name'] : [...path, 'aliases', at - 1],
          '文字がありません。呼び名を書いてください。',
        );
    });
  });
  check.unique(
    org.places.map(({ name, building, section }, index) => [
      ['places', index, 'name'],
      JSON.stringify([squeezePlace(name), building, section ?? '']),
    ]),
    () => '同じ建物・同じ課に同じ名前の場所があります。名前を変えるか、片方を消してください。',
  );
  for (const callers of ['counters', 'triggers'] as const)
    org[callers].forEach(({ section, place }, index) => {
      check.section([callers, index, 'section'], section);
      if (!org.places.some((known) => known.name === place && known.section === section))
        check.add(
          [callers, index, 'place'],
          `「${place}」という場所がこの課にありません。places の中で section が「${section}」の name にしてください。`,
        );
    });
}

function checkStructure(org: Organization, check: Check): void {
  org.departments.forEach((department, index) => {
    check.person(['departments', index, 'head'], department.head);
    check.building(['departments', index, 'building'], department.building);
  });
  org.sections.forEach((section, index) => {
    const path = ['sections', index];
    if (!check.departments.has(section.department))
      check.add(
        [...path, 'department'],
        `「${section.department}」という部はありません。departments の id のどれかにしてください。`,
      );
    check.building([...path, 'building'], section.building);
    check.person([...path, 'head'], section.head);
    section.next.forEach((next, at) => {
      check.section([...path, 'next', at], next);
      if (next === section.id)
        check.add([...path, 'next', at], '隣の課に自分の課が入っています。消してください。');
    });
    checkPhrases(section.codePhrases, [...path, 'codePhrases'], check);
  });
  check.section(['generalAffairs', 'section'], org.generalAffairs.section);
  check.person(['generalAffairs', 'manager'], org.generalAffairs.manager);
}

function checkPhrases(phrases: readonly { phrase: string }[], path: Path, check: Check): void {
  const squeezed = phrases.map(({ phrase }, at) => [[...path, at, 'phrase'], squeezePhrase(phrase)] as const);
  for (const [at, phrase] of squeezed)
    if (phrase === '') check.add(at, '合言葉に文字がありません。記号だけでない言葉にしてください。');
  check.unique(squeezed, () => '同じ合言葉が上にもあります。片方を消してください。');
}

function checkPeople(org: Organization, check: Check): void {
  org.people.forEach((person, index) => {
    const path = ['people', index];
    if (!check.sections.has(person.section) && !check.departments.has(person.section))
      check.add(
        [...path, 'section'],
        `「${person.section}」という課はありません。sections の id のどれかにしてください（部長など課に属さない人は departments の id）。`,
      );
    person.deputies.forEach((deputy, at) => {
      check.person([...path, 'deputies', at, 'person'], deputy.person);
      check.range([...path, 'deputies', at], deputy);
      if (deputy.person === person.id)
        check.add(
          [...path, 'deputies', at, 'person'],
          '本人が代理になっています。別の職員の id にしてください。',
        );
    });
    person.away.forEach((range, at) => {
      check.range([...path, 'away', at], range);
    });
  });
}

function checkDuty(org: Organization, check: Check): void {
  org.duty.forEach((duty, index) => {
    const path = ['duty', index];
    check.section([...path, 'section'], duty.section);
    if (duty.lane === 'generalAffairs' && duty.section !== org.generalAffairs.section)
      check.add(
        [...path, 'lane'],
        `総務課の当番は generalAffairs.section の課「${org.generalAffairs.section}」だけに置けます。second にしてください。`,
      );
    duty.people.forEach((entry, at) => {
      check.person([...path, 'people', at, 'person'], entry.person);
      check.range([...path, 'people', at], entry);
    });
  });
}

function checkEscalation(org: Organization, check: Check): void {
  org.escalation.forEach((rule, index) => {
    const path = ['escalation', index];
    rule.when.buildings?.forEach((id, at) => {
      check.building([...path, 'when', 'buildings', at], id);
    });
    for (const lane of ['second', 'generalAffairs'] as const)
      rule[lane].forEach((step, stepAt) => {
        step.who?.forEach((who, at) => {
          if (who.startsWith('person:'))
            check.person([...path, lane, stepAt, 'who', at], who.slice('person:'.length));
        });
      });
  });
}
