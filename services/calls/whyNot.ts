import type { Call } from './call.ts';
import type { CallRefusal } from './commands.ts';
import { type Action, isAllowed, isForOthers, type Role, STATES, stateOf } from './roles.ts';

interface WhyNot {
  readonly reason: CallRefusal;
  readonly detail: Readonly<Record<string, string>>;
}

/**
 * Why somebody with these roles may not do something now. Whoever may see the case learns what it waits for, if it is theirs
 * to do at another time; the others learn nothing, not even its state.
 */
export function whyNot(call: Call, roles: readonly Role[], action: Action): WhyNot {
  const now = stateOf(call);
  const may = (one: Action, at = now) => roles.some((role) => isAllowed(role, one, at));
  if (!may('state')) return because('not-yours');
  if (!STATES.some((state) => may(action, state))) return because('wrong-role');
  const isOwn = roles.includes('affected');
  if (isOwn && isForOthers(action)) return because('own-case');
  if (action === 'reopen') return because('not-closed');
  // Nobody is told to press a button that they do not have.
  if (now === 'closed') return because(may('reopen') && !isOwn ? 'case-closed' : 'case-ended');
  if (action !== 'accept') return because('not-accepted');
  const name = call.handling?.accepted?.by.name;
  return because('already-accepted', name === undefined ? {} : { name });
}

const because = (reason: CallRefusal, detail: WhyNot['detail'] = {}): WhyNot => ({ reason, detail });
