import { ANY_SECTION, caseListCard, type SearchValues, searchCard } from '../../cards/caseListCard.ts';
import type { Rendered } from '../../cards/rendered.ts';
import { casework } from '../../cards/strings/casework.ts';
import type { CasePage } from '../../services/calls/calls.ts';
import { isOfGeneralAffairs } from '../../services/calls/roles.ts';
import { findCaseCode } from '../../services/calls/utterance.ts';
import { FILTERS, type Filter } from '../../services/cases/caseList.ts';
import { dayEnd, dayStart, isDay } from '../../services/japanDay.ts';
import { StoreError } from '../../services/store/store.ts';
import { showFile, type Tap, type TapHandler } from './caseFile.ts';
import { text } from './fields.ts';
import { home } from './home.ts';
import { notFor } from './onCase.ts';
import type { Answer, Services, Turn } from './turn.ts';

const SHOWN = 8;

/** One list and a place in it, as buttons carry it. */
interface Listed {
  readonly filter: Filter;
  readonly section: string;
  /** Days, inclusive; empty: open. */
  readonly from: string;
  readonly to: string;
  readonly cursor: string;
}

/** 事案一覧 of General Affairs and of heads; everybody else has 自分の事案. */
export const listTaps = {
  'list.open': async (services, turn, tap) => {
    const isOnList = typeof tap.data.list === 'string';
    const list = await listCard(services, turn, text(tap.data.list, 1_000));
    if (list === undefined) return notFor(services, turn);
    return isOnList
      ? { card: list, isLasting: true }
      : { card: await home(services, turn), messages: [list] };
  },
  'list.search': async (services, turn) =>
    services.caseList.isFor(turn.actor.id)
      ? { card: searchForm(services, turn, { number: '', from: '', to: '', section: '' }) }
      : notFor(services, turn),
  'list.find': (services, turn, tap) => find(services, turn, tap),
} satisfies Record<string, TapHandler>;

/** 「事案一覧」 as a message; undefined for whoever has none. */
export async function showList(services: Services, turn: Turn): Promise<Answer | undefined> {
  const list = await listCard(services, turn, '');
  return list === undefined ? undefined : { messages: [list] };
}

const encode = ({ filter, section, from, to, cursor }: Listed): string =>
  new URLSearchParams({ filter, section, from, to, cursor }).toString();

/** Whatever a button carries is a hint: what is no list leads to the first one. */
function decode(list: string, first: Filter): Listed {
  const given = new URLSearchParams(list);
  const get = (name: string) => given.get(name) ?? '';
  const day = (name: string) => (isDay(get(name)) ? get(name) : '');
  const filter = FILTERS.find((one) => one === get('filter')) ?? first;
  return { filter, section: get('section'), from: day('from'), to: day('to'), cursor: get('cursor') };
}

async function listCard(services: Services, turn: Turn, encoded: string): Promise<Rendered | undefined> {
  const { directory, clock, caseList } = services;
  if (!caseList.isFor(turn.actor.id)) return undefined;
  const isGeneralAffairs = isOfGeneralAffairs(directory, turn.actor.id, clock.now());
  const given = decode(encoded, isGeneralAffairs ? 'todo' : 'open');
  const isKnown = caseList.sections(turn.actor.id).some(({ id }) => id === given.section);
  const list = isKnown ? given : { ...given, section: '' };
  const { page, at } = await pageAt(services, turn, list);
  const words = casework(turn.language).list;
  const isPeriod = list.from !== '' || list.to !== '';
  const searched = [
    ...(isPeriod ? [words.period(list.from, list.to)] : []),
    ...(list.section === '' ? [] : [words.section(directory.sectionName(list.section))]),
  ];
  const other = (filter: Filter) => encode({ filter, section: '', from: '', to: '', cursor: '' });
  return caseListCard({
    language: turn.language,
    items: page.items,
    now: clock.now(),
    filter: list.filter,
    filters: isGeneralAffairs ? FILTERS : FILTERS.filter((one) => one !== 'todo'),
    searched,
    here: encode({ ...list, cursor: at }),
    next: page.next === undefined ? undefined : encode({ ...list, cursor: page.next }),
    first: at === '' ? undefined : encode({ ...list, cursor: '' }),
    others: { todo: other('todo'), new: other('new'), open: other('open'), all: other('all') },
  });
}

/** A place that the store did not give (an old card, a forged one) leads to the first page. */
async function pageAt(
  { caseList }: Services,
  { actor }: Turn,
  { filter, section, from, to, cursor }: Listed,
): Promise<{ page: CasePage; at: string }> {
  const query = {
    filter,
    limit: SHOWN,
    ...(section === '' ? {} : { section }),
    ...(from === '' ? {} : { from: dayStart(from) }),
    ...(to === '' ? {} : { to: dayEnd(to) }),
  };
  const empty = { items: [] };
  try {
    const page = await caseList.page(actor.id, cursor === '' ? query : { ...query, cursor });
    return { page: page ?? empty, at: cursor };
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'bad-cursor') throw error;
    return { page: (await caseList.page(actor.id, query)) ?? empty, at: '' };
  }
}

function searchForm(
  services: Services,
  turn: Turn,
  values: SearchValues,
  errors: Partial<Record<keyof SearchValues, string>> = {},
): Rendered {
  return searchCard({
    language: turn.language,
    values,
    errors,
    sections: services.caseList.sections(turn.actor.id),
  });
}

async function find(services: Services, turn: Turn, tap: Tap): Promise<Answer> {
  if (!services.caseList.isFor(turn.actor.id)) return notFor(services, turn);
  const values: SearchValues = {
    number: text(tap.data.number, 100).trim(),
    from: text(tap.data.from, 10),
    to: text(tap.data.to, 10),
    section: tap.data.section === ANY_SECTION ? '' : text(tap.data.section, 100),
  };
  if (values.number !== '') return byNumber(services, turn, values);
  const { list } = casework(turn.language);
  const bad = (day: string) => (day === '' || isDay(day) ? undefined : list.badDate);
  const order =
    values.from !== '' && values.to !== '' && values.to < values.from ? list.badPeriod : undefined;
  const [from, to] = [bad(values.from), bad(values.to) ?? order];
  if (from !== undefined || to !== undefined) {
    const errors = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
    return { card: searchForm(services, turn, values, errors) };
  }
  const { section } = values;
  const encoded = encode({ filter: 'all', section, from: values.from, to: values.to, cursor: '' });
  const card = await listCard(services, turn, encoded);
  return card === undefined ? notFor(services, turn) : { card, isLasting: true };
}

/** A case that this person may not see is not there for them. */
async function byNumber(services: Services, turn: Turn, values: SearchValues): Promise<Answer> {
  const file = await fileByNumber(services, turn, values.number);
  if (file !== undefined) return showFile(services, turn, file, { code: file.call.code, list: '' });
  const errors = { number: casework(turn.language).list.badNumber };
  return { card: searchForm(services, turn, values, errors) };
}

export async function fileByNumber(services: Services, turn: Turn, typed: string) {
  const code = findCaseCode(typed) ?? (await services.cases.byNumber(typed));
  const file = code === undefined ? undefined : await services.cases.file(code, turn.actor.id);
  return file?.may('state') === true ? file : undefined;
}
