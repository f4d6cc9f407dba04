import { CATEGORY_IDS, type CategoryId } from './classifier.ts';

const FIRST_CLAUSE = 7;

/** The clause of the policy behind a category: `P7` (時間拘束) … `P16` (その他). */
export const clauseOf = (id: CategoryId): string => `P${FIRST_CLAUSE + CATEGORY_IDS.indexOf(id)}`;
