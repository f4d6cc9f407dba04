import { foldText } from '../learned/ngrams.ts';
import { contact } from './contact.ts';
import { demand } from './demand.ts';
import { exposure } from './exposure.ts';
import { harm } from './harm.ts';
import { manner } from './manner.ts';

/** Classes of words that say about the same; a word is a stem, found anywhere, in any kana. Blanks part words. */
export type WordClasses = Readonly<Record<string, string>>;

const ALL: WordClasses = { ...manner, ...contact, ...harm, ...demand, ...exposure };

/** Names of the classes, in a fixed order. */
export const CLASS_NAMES: readonly string[] = Object.keys(ALL);

/** A word of a class in the text. */
interface Found {
  readonly start: number;
  readonly end: number;
  /** Place in `CLASS_NAMES`. */
  readonly of: number;
}

interface Node {
  readonly next: Map<number, Node>;
  classes: number[];
}

const ROOT = buildTrie();

function buildTrie(): Node {
  const root: Node = { next: new Map(), classes: [] };
  CLASS_NAMES.forEach((name, of) => {
    for (const word of (ALL[name] ?? '').split(/\s+/)) {
      if (word === '') continue;
      let node = root;
      for (const unit of units(foldText(word.normalize('NFKC').toLowerCase()))) {
        let next = node.next.get(unit);
        if (next === undefined) {
          next = { next: new Map(), classes: [] };
          node.next.set(unit, next);
        }
        node = next;
      }
      node.classes = [...new Set([...node.classes, of])];
    }
  });
  return root;
}

function* units(text: string): Generator<number> {
  for (let at = 0; at < text.length; at += 1) yield text.charCodeAt(at);
}

/** All words of all classes in a normalised text, from left to right: at each place the longest of each class. */
export function wordsIn(text: string): Found[] {
  const folded = foldText(text);
  const found: Found[] = [];
  for (let start = 0; start < folded.length; start += 1) {
    let node: Node | undefined = ROOT;
    const longest = new Map<number, number>();
    for (let at = start; at < folded.length; at += 1) {
      node = node.next.get(folded.charCodeAt(at));
      if (node === undefined) break;
      for (const of of node.classes) longest.set(of, at + 1);
    }
    for (const [of, end] of longest) found.push({ start, end, of });
  }
  return found;
}
