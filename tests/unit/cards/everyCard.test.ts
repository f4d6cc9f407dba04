import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import { VERBS } from '../../../cards/verbs.ts';
import { caseworkCards } from './caseworkCards.ts';
import { actions, elements, type Json, ofType } from './elements.ts';
import { everyCard } from './everyCard.ts';

const require = createRequire(`${process.cwd()}/package.json`);
const AC = require('adaptivecards/dist/adaptivecards.js');

function lint(card: object): string[] {
  const context = new AC.SerializationContext();
  const parsed = new AC.AdaptiveCard();
  parsed.parse(structuredClone(card), context);
  const events: { message: string }[] = [];
  for (let at = 0; at < context.eventCount; at++) events.push(context.getEventAt(at));
  return [...events, ...parsed.validateProperties().validationEvents].map(({ message }) => message);
}

/** Width of a button in Teams: full-width characters 14 px, others at most 9, 20 px padding on both sides. */
const buttonWidth = (title: string): number =>
  Math.max(96, [...title].reduce((sum, c) => sum + (c.charCodeAt(0) < 0x2e80 ? 9 : 14), 0) + 40);

describe.each(['ja', 'en'] as const)('every card in %s', (language) => {
  const cards = [...everyCard(language), ...caseworkCards(language)];
  /** Names of the cards with a problem, so that a failure says which. */
  const problems = (check: (card: object, summary: string) => readonly unknown[]) =>
    cards
      .map(([name, { card, summary }]) => [name, ...check(card, summary)])
      .filter(({ length }) => length > 1);

  test('is a valid card 1.5 with a preview, small enough for Teams, with nothing left to fill in', () => {
    const check = (card: object, summary: string) => {
      const json = JSON.stringify(card);
      return [
        ...lint(card),
        ...(json.startsWith('{"type":"AdaptiveCard","version":"1.5"') ? [] : ['not 1.5']),
        ...(json.length * 2 < 80 * 1024 && !json.includes('${') ? [] : ['too large or not filled in']),
        ...(summary === '' ? ['no preview'] : []),
      ];
    };
    expect(problems(check)).toEqual([]);
  });

  test('every button also works on clients without Action.Execute, and says a known verb', () => {
    const works = (action: Json) => {
      const data = action.data as { verb: (typeof VERBS)[number] };
      const fallback = { type: 'Action.Submit', title: action.title, style: action.style, data };
      const same = JSON.stringify(action.fallback) === JSON.stringify(fallback);
      return VERBS.includes(data.verb) && action.verb === data.verb && same;
    };
    expect(problems((card) => actions(card).filter((action) => !works(action)))).toEqual([]);
    expect(problems((card) => ofType(card, 'Action.Submit', 'Action.OpenUrl'))).toEqual([]);
  });

  test('labels every input and shows no images', () => {
    const unlabelled = (element: Json) =>
      String(element.type).startsWith('Input.') && !/\S/.test(String(element.label));
    expect(problems((card) => elements(card).filter(unlabelled))).toEqual([]);
    expect(problems((card) => ofType(card, 'Image', 'ImageSet', 'Media'))).toEqual([]);
  });

  test('keeps to elements of version 1.2 on cards that call people', () => {
    const known =
      /^(AdaptiveCard|Container|RichTextBlock|TextRun|ActionSet|Action\.(Execute|ToggleVisibility))$/;
    const live = problems((card) =>
      elements(card).filter(({ type }) => type !== undefined && !known.test(String(type))),
    );
    expect(
      live.filter(([name]) => /^(quiet )?(caller|responder)|general affairs|channel/.test(String(name))),
    ).toEqual([]);
  });

  test('places at most two buttons beside each other, and they fit at 320 px', () => {
    const fits = (set: Json) => {
      const titles = (set.actions as { title: string }[]).map(({ title }) => title);
      const width = titles.reduce((sum, title) => sum + buttonWidth(title), (titles.length - 1) * 8);
      return titles.length <= 2 && width <= 288;
    };
    expect(problems((card) => ofType(card, 'ActionSet').filter((set) => !fits(set)))).toEqual([]);
  });
});
