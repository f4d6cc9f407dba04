import { callerCard } from '../../../cards/callerCard.ts';
import { casesCard } from '../../../cards/casesCard.ts';
import { channelCard } from '../../../cards/channelCard.ts';
import { correctionsCard } from '../../../cards/correctionsCard.ts';
import { homeCard } from '../../../cards/homeCard.ts';
import { leftCard, retiredCard } from '../../../cards/leftCard.ts';
import { noticeCard } from '../../../cards/noticeCard.ts';
import type { Language, Rendered } from '../../../cards/rendered.ts';
import { reportFormCard } from '../../../cards/reportFormCard.ts';
import { reportSavedCard } from '../../../cards/reportSavedCard.ts';
import { responderCard } from '../../../cards/responderCard.ts';
import { suggestionCard, suggestionDoneCard, suggestionReadyCard } from '../../../cards/suggestionCard.ts';
import { CATEGORY_IDS, type Suggestion } from '../../../services/classification/classifier.ts';
import { calls, directory, NOW } from '../../fixtures/calls.ts';
import { reachCards } from './reachCards.ts';

const quote = (text: string) => ({ start: 0, end: text.length, text, cue: '' });

export const nothingFound: Suggestion = {
  labels: [],
  assessment: 'not-harassment',
  danger: 'none',
  dangerEvidence: [],
};

/** Every category with as many long quotes as a classifier may give: the largest card there is. */
export const everythingFound: Suggestion = {
  labels: CATEGORY_IDS.map((id, index) => ({
    id,
    score: 0.9,
    clause: `P${index + 7}`,
    evidence: Array.from({ length: 9 }, (_, n) => quote(`${n}${'言'.repeat(400)}`)),
  })),
  assessment: 'needs-judgement',
  danger: 'harm-done',
  dangerEvidence: [quote('突き飛ばされた')],
};

const code = 'K-7F3Q';
const helpExtension = '内線 2119';
const values = { when: '12月1日 10:31', where: '2番窓口', what: '大声を出された', danger: false };

function liveCards(language: Language): [string, Rendered][] {
  return Object.entries(calls).flatMap(([name, call]): [string, Rendered][] => {
    const base = { language, call, directory, now: NOW };
    const viewerId = call.affected?.id ?? call.caller.id;
    const responder = { ...base, viewerId: 'suzuki', lane: 'second', round: 1 } as const;
    const generalAffairs = { ...base, viewerId: 'shimizu', lane: 'generalAffairs', round: 1 } as const;
    return [
      [`caller ${name}`, callerCard({ ...base, viewerId, quiet: false })],
      [`quiet caller ${name}`, callerCard({ ...base, viewerId, quiet: true })],
      [`responder ${name}`, responderCard(responder)],
      [`general affairs ${name}`, responderCard(generalAffairs)],
      [`remote general affairs ${name}`, responderCard({ ...generalAffairs, remote: true })],
    ];
  });
}

function channelCards(language: Language): [string, Rendered][] {
  const reasons = ['emergency', 'exhausted', 'danger-in-text', 'engine'] as const;
  return reasons.flatMap((reason) =>
    [calls.emergency, calls.counter, calls.guest].map((call): [string, Rendered] => [
      `channel ${reason}`,
      channelCard({ language, call, directory, now: NOW, reason }),
    ]),
  );
}

function otherCards(language: Language): [string, Rendered][] {
  const form = { language, draft: 'd1', values, errors: {} };
  const errors = { when: 'いつ', where: 'どこ', what: 'なに' };
  const suggestion = { language, code, draft: 'd1', selected: ['threat'] } as const;
  const item = {
    code,
    level: 'assist',
    place: '2番窓口',
    openedAt: NOW,
    status: 'open',
    role: 'caller',
  } as const;
  return [
    ['home', homeCard({ language, viewer: 'person', quiet: false, helpExtension })],
    ['home counter', homeCard({ language, viewer: 'counter', quiet: true, helpExtension })],
    ['home guest', homeCard({ language, viewer: 'guest', quiet: false, helpExtension })],
    [
      'home open',
      homeCard({
        language,
        viewer: 'person',
        quiet: false,
        helpExtension,
        openCase: { code, level: 'advice' },
      }),
    ],
    ['left', leftCard({ language, code })],
    ['retired', retiredCard({ language, code })],
    ['corrections', correctionsCard(language)],
    ['notice', noticeCard({ language, title: '1', text: '2', code })],
    ['form', reportFormCard(form)],
    ['form with errors', reportFormCard({ ...form, code, errors, notice: '3', dangerOffer: true })],
    ['form with danger', reportFormCard({ ...form, dangerOffer: true })],
    [
      'saved',
      reportSavedCard({ language, code, called: false, dangerInText: false, open: true, helpExtension }),
    ],
    [
      'saved danger',
      reportSavedCard({ language, code, called: false, dangerInText: true, open: true, helpExtension }),
    ],
    [
      'saved called',
      reportSavedCard({ language, code, called: true, dangerInText: true, open: true, helpExtension }),
    ],
    ['suggestion', suggestionCard({ ...suggestion, suggestion: everythingFound, mode: 'confirm' })],
    ['suggestion edit', suggestionCard({ ...suggestion, suggestion: everythingFound, mode: 'edit' })],
    ['suggestion none', suggestionCard({ ...suggestion, suggestion: nothingFound, mode: 'confirm' })],
    ['suggestion done', suggestionDoneCard({ language, code, labels: ['threat'], outcome: 'confirmed' })],
    ['suggestion ready', suggestionReadyCard({ language, code, draft: 'd1' })],
    [
      'cases',
      casesCard({
        language,
        items: Array.from({ length: 30 }, () => item),
        now: NOW,
        next: 'n',
        isFirst: false,
      }),
    ],
    ['cases empty', casesCard({ language, items: [], now: NOW, isFirst: true })],
  ];
}

/** Every template in every state of the fixtures. */
export const everyCard = (language: Language): [string, Rendered][] => [
  ...liveCards(language),
  ...channelCards(language),
  ...otherCards(language),
  ...reachCards(language),
];
