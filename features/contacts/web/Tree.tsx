import type { Organization } from '@noroshi/features/directory';
import { nameFor } from '@noroshi/features/directory/web';
import { Tag } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { contactKinds } from '../contact.ts';
import type { Known } from './known.ts';
import { ContactLine, PersonLine } from './Rows.tsx';
import { departmentOf } from '../says.ts';

/** What stands at a branch that is moved to by the arrow keys: a head, or a row. */
const stops = 'summary, .rows a.room';

/** The arrows go from row to row, open a branch and close it, as in any tree; Tab and Enter do what they always do. */
function move(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const here = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>(stops) : null;
  if (!here || event.altKey || event.ctrlKey || event.metaKey) return;
  const branch = here.closest('details');
  const isHead = here.matches('summary');
  const seen = [...event.currentTarget.querySelectorAll<HTMLElement>(stops)].filter((one) => one.getClientRects().length > 0);
  const at = seen.indexOf(here);
  switch (event.key) {
    case 'ArrowDown': seen[at + 1]?.focus(); break;
    case 'ArrowUp': seen[at - 1]?.focus(); break;
    case 'ArrowRight':
      if (isHead && branch?.open === false) branch.open = true;
      else if (isHead) seen[at + 1]?.focus();
      break;
    case 'ArrowLeft':
      if (isHead && branch?.open) branch.open = false;
      else (isHead ? branch?.parentElement?.closest('details') : branch)?.querySelector<HTMLElement>('summary')?.focus();
      break;
    default: return;
  }
  event.preventDefault();
}

/** The prefecture with its departments, the municipalities by region, and whom one rings outside by what they are; one's own stands open. */
export function Tree({ known, mine }: { known: Known; mine: string }) {
  const { t, language } = useWords();
  const { book, regions, contacts } = known;
  const inRegion = new Set(regions.flatMap(({ orgs }) => orgs));
  const town = (org: Organization | undefined, below?: boolean) => org && <OrgBranch key={org.id} org={org} known={known} begins={org.id === mine} below={below} />;
  const [prefecture, loose] = [book.organizations.filter(({ kind }) => kind === 'prefecture'), book.organizations.filter(({ id, kind }) => kind !== 'prefecture' && !inRegion.has(id))];
  const kinds = contactKinds.filter((kind) => contacts.some((one) => one.kind === kind));
  return (
    <div class="tree wide" role="group" aria-label={t('people.title')} onKeyDown={move}>
      {prefecture.map((org) => town(org))}
      {regions.map(({ name, romaji, orgs }) => {
        const here = book.organizations.filter(({ id }) => orgs.includes(id));
        return <Branch key={name} label={language === 'en' && romaji ? romaji : name} count={here.reduce((sum, { id }) => sum + book.peopleOf(id).length, 0)} begins={orgs.includes(mine)}>{() => here.map((org) => town(org, true))}</Branch>;
      })}
      {loose.map((org) => town(org))}
      {kinds.length > 0 && (
        <Branch label={t('contacts.outside')} unit="contacts.count" count={contacts.length} begins={false}>
          {() => kinds.map((kind) => {
            const here = contacts.filter((one) => one.kind === kind);
            return <Branch key={kind} label={t(`contacts.kind.${kind}`)} unit="contacts.count" count={here.length} begins={false} below>{() => <div class="rows">{here.map((one) => <ContactLine key={one.id} one={one} waits={known.waits.has(one.id)} />)}</div>}</Branch>;
          })}
        </Branch>
      )}
    </div>
  );
}

interface BranchProps { label: string; unit?: 'people.count' | 'contacts.count'; count: number; begins: boolean; below?: boolean | undefined; /** Drawn when it is first opened. */ children: () => ComponentChildren }

function Branch({ label, unit = 'people.count', count, begins, below, children }: BranchProps) {
  const { t } = useWords();
  const [isOpen, open] = useState(begins);
  return (
    <details class={below ? 'org below' : 'org'} open={isOpen} onToggle={(event) => open(event.currentTarget.open)}>
      <summary><b>{label}</b> <span class="sub">{t(unit, { n: count })}</span></summary>
      {isOpen && children()}
    </details>
  );
}

/** An organization opens on its people, and on desks at which nobody sits; the prefecture on its departments. */
function OrgBranch({ org, known: { book }, begins, below }: { org: Organization; known: Known; begins: boolean; below?: boolean | undefined }) {
  const { t, language } = useWords();
  const people = book.peopleOf(org.id);
  const empty = book.posts.filter((desk) => desk.org === org.id && !desk.holder);
  if (people.length + empty.length === 0) return null;
  const departments = Map.groupBy([...people.map((who) => ({ who, desk: book.postsOf(who.id)[0] })), ...empty.map((desk) => ({ who: undefined, desk }))], ({ desk }) => (org.kind === 'prefecture' ? departmentOf(desk?.title) : ''));
  const rows = (name: string) => (
    <div class="rows">
      {departments.get(name)?.map(({ who, desk }) => (who ? <PersonLine key={who.id} who={who} book={book} /> : <p key={desk!.id} class="vacant"><Tag kind="guess">{t('posts.empty')}</Tag> {desk!.title}</p>))}
    </div>
  );
  return (
    <Branch label={nameFor(language, org)} count={people.length} begins={begins} below={below}>
      {() => (
        <>
          {departments.has('') && rows('')}
          {[...departments.keys()].filter(Boolean).map((name) => <Branch key={name} label={name} count={departments.get(name)!.filter(({ who }) => who).length} begins={begins} below>{() => rows(name)}</Branch>)}
        </>
      )}
    </Branch>
  );
}
