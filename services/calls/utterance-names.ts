import { squeezeName } from '../directory/text.ts';

/** Longer halves are cut off a sentence that runs on: 「健太さんを除いて」. */
const LONGEST_HALF = 8;
/** What stands before a space, and the space. */
const BEFORE_SPACE = /([^\s、。,.!?！？]{1,8})\s+(?=([^\s、。,.!?！？]{1,8}))/gu;

/** 「鈴木 健太さん」 as 「鈴木健太さん」: people are shown with that space on every card, and typed as they are shown. */
export function joinNames(text: string, isFullName: (family: string, given: string) => boolean): string {
  return text.replace(BEFORE_SPACE, (whole, left: string, right: string) =>
    isSplitName(squeezeName(left), squeezeName(right), isFullName) ? left : whole,
  );
}

function isSplitName(
  left: string,
  right: string,
  isFullName: (family: string, given: string) => boolean,
): boolean {
  for (let from = 0; from < left.length; from += 1)
    for (let to = 1; to <= Math.min(LONGEST_HALF, right.length); to += 1)
      if (isFullName(left.slice(from), right.slice(0, to))) return true;
  return false;
}
