export interface DemoPerson {
  id: string;
  name: string;
  email: string;
  groups: string[];
}

/**
 * Those that the local sign-in offers: one person for each group of the template, a second officer, since one approves
 * what the other has written, and one who is in no group.
 */
export function demoPeople(groups: string[]): DemoPerson[] {
  const first = groups.map((group) => person(firstNames[group[0] ?? ''] ?? 'Kim', group, [group]));
  const second = groups.filter((group) => group === 'officer').map((group) => person('Olga', group, [group]));
  return [...first, ...second, nobody];
}

/** By the first letter of the group, so that a name says what its owner may do. */
const firstNames: Record<string, string> = { a: 'Ada', m: 'Mona', o: 'Otto', r: 'Rita', s: 'Sam' };

const nobody = person('Nils', 'nobody', []);

function person(firstName: string, lastName: string, groups: string[]): DemoPerson {
  const name = `${firstName} ${lastName[0]!.toUpperCase()}${lastName.slice(1)}`;
  const id = name.toLowerCase().replace(' ', '.');
  return { id, name, email: `${id}@staff.example`, groups };
}
