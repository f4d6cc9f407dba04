import type { Directory } from './directory.ts';

/** The organisation now in force. Whoever holds it sees a change of the file at their next question. */
export interface LiveDirectory extends Directory {
  /** From now on every question is answered by `next`. */
  replace(next: Directory): void;
}

/** Every member, the optional ones too: a new question of the interface that is not passed on does not compile. */
type Delegate = { readonly [Member in keyof Directory]-?: Directory[Member] };

/**
 * Passes every question on to the current directory. Methods may be handed around without their object and go on
 * following; values (city, helpExtension) have to be read where they are used.
 */
export function createLiveDirectory(first: Directory): LiveDirectory {
  let current = first;
  const delegate: Delegate = {
    get city() {
      return current.city;
    },
    get tenantId() {
      return current.tenantId;
    },
    get language() {
      return current.language;
    },
    get helpExtension() {
      return current.helpExtension;
    },
    get generalAffairsBuilding() {
      return current.generalAffairsBuilding;
    },
    get generalAffairsChannel() {
      return current.generalAffairsChannel;
    },
    person: (...asked) => current.person(...asked),
    findByName: (...asked) => current.findByName(...asked),
    sectionName: (...asked) => current.sectionName(...asked),
    sectionHead: (...asked) => current.sectionHead(...asked),
    sections: (...asked) => current.sections(...asked),
    posts: (...asked) => current.posts(...asked),
    isGeneralAffairs: (...asked) => current.isGeneralAffairs(...asked),
    generalAffairsFallback: (...asked) => current.generalAffairsFallback(...asked),
    resolvePlace: (...asked) => current.resolvePlace(...asked),
    isFullName: (...asked) => current.isFullName(...asked),
    isPlaceName: (...asked) => current.isPlaceName(...asked),
    placeName: (...asked) => current.placeName(...asked),
    triggerPlace: (...asked) => current.triggerPlace(...asked),
    building: (...asked) => current.building(...asked),
    steps: (...asked) => current.steps(...asked),
    pageable: (...asked) => current.pageable(...asked),
    isWorkingDay: (...asked) => current.isWorkingDay(...asked),
    isAway: (...asked) => current.isAway(...asked),
    get reachability() {
      return current.reachability;
    },
    isQuiet: (...asked) => current.isQuiet(...asked),
    codePhrase: (...asked) => current.codePhrase(...asked),
  };
  // Assigned and not spread: a spread would read the values once and keep them.
  return Object.assign(delegate, {
    replace: (next: Directory) => {
      current = next;
    },
  });
}
