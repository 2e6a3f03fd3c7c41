import type { Staff } from '../staff.ts';
import { Icon } from './icons.tsx';

/** The head of each page: where one can go, the search, and who is signed in. */
export function Bar({ staff, at, sought }: { staff?: Staff; at?: string; sought?: string }) {
  return (
    <header class="bar">
      <a class="brand" href="/desk">
        In Writing
      </a>
      {staff && <Navigation staff={staff} at={at} />}
      {staff?.groups.some((group) => group !== 'marketing') && <Search sought={sought} />}
      {staff && <Account staff={staff} />}
    </header>
  );
}

function Navigation({ staff, at }: { staff: Staff; at?: string }) {
  return (
    <nav aria-label="Desk">
      {entries
        .filter(({ groups }) => groups.some((group) => staff.groups.includes(group)))
        .map(({ path, words }) => (
          <a href={path} aria-current={path === at ? 'page' : undefined}>
            {words}
          </a>
        ))}
    </nav>
  );
}

const entries = [
  { path: '/desk', words: 'Queue', groups: ['reviewer', 'officer'] },
  { path: '/desk/upload', words: 'Upload', groups: ['reviewer', 'officer'] },
  { path: '/desk/members', words: 'Members', groups: ['reviewer', 'officer'] },
  { path: '/desk/notices', words: 'Notices', groups: ['officer'] },
  { path: '/desk/clearance', words: 'Clearance', groups: ['reviewer', 'officer', 'marketing'] },
  { path: '/desk/recalls', words: 'Recalls', groups: ['reviewer', 'officer', 'marketing'] },
  { path: '/desk/promises', words: 'Promises', groups: ['reviewer', 'officer', 'marketing'] },
] as const;

function Search({ sought }: { sought?: string }) {
  return (
    <search>
      <form action="/desk/search" class="search">
        <Icon name="search" />
        <input
          type="search"
          name="q"
          id="search"
          value={sought}
          maxlength={200}
          required
          autocomplete="off"
          aria-label="Search by request id, name, address or handle"
          placeholder="Request id, name, address, handle"
        />
        <button type="submit" class="heard">
          Search
        </button>
      </form>
    </search>
  );
}

function Account({ staff }: { staff: Staff }) {
  return (
    <form method="post" action="/desk/sign-out" class="account">
      <button type="button" class="plain needs-script" data-opens="keys" aria-label="Keys">
        <kbd>?</kbd>
      </button>
      <span class="staff">{staff.name}</span>
      <button type="submit" class="plain">
        Sign out
      </button>
    </form>
  );
}
