import type { WindowPerson, WindowPlan } from '../windows.ts';

/** The Playground insists on exactly this many colleagues. */
const COLLEAGUES = 5;

/**
 * Contents of `.m365agentsplayground.yml` for one person's window. As in Teams, `from.id` is not the Entra object
 * id; the conversation is theirs alone. General Affairs' channel is only in the windows of General Affairs.
 */
export function playgroundSettings(plan: WindowPlan, person: WindowPerson): object {
  const others = plan.people.filter(({ id }) => id !== person.id);
  const colleagues = [...others, ...plan.colleagues].slice(0, COLLEAGUES);
  while (colleagues.length < COLLEAGUES) {
    const id = `nobody-${colleagues.length}`;
    colleagues.push({ id, name: `職員${colleagues.length}` });
  }
  const channel = person.generalAffairs ? plan.channel : undefined;
  return {
    version: '0.1.1',
    tenantId: plan.tenantId,
    bot: { id: '28:mamori', name: 'まもり' },
    currentUser: user(person),
    users: colleagues.map(user),
    personalChat: { id: personalChat(person.id) },
    groupChat: { id: `19:group-${person.id}@thread.v2`, name: person.section },
    team: {
      id: `19:team-${person.id}@thread.tacv2`,
      name: person.section,
      aadGroupId: person.id,
      channels: channel === undefined ? [] : [{ id: channel, name: 'カスハラ対応' }],
    },
  };
}

export const personalChat = (id: string): string => `a:personal-${id}`;

function user({ id, name }: { readonly id: string; readonly name: string }): object {
  const [surname = name, givenName = ''] = name.split(/\s+/);
  const address = `${id}@minato.example`;
  return {
    id: `29:${id}`,
    name,
    userPrincipleName: address,
    aadObjectId: id,
    givenName,
    surname,
    email: address,
  };
}
