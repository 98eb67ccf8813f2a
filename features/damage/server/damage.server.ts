import { organization, person, type Organization, type Person } from '@noroshi/features/directory';
import { incident as incidentNoun, incidentSays, isMunicipality, type Incident } from '@noroshi/features/incident';
import type { FindDocument } from '@noroshi/foundations/documents/shelf';
import { workspaceStream } from '@noroshi/foundations/sync';
import { formsWith } from '../form.ts';
import { damageForm, type FormSet } from '../form-set.ts';
import { damageSheet, type DamageSheet } from '../sheet.ts';
import { damageDocument, townDocument } from './damage-document.ts';

const id = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const files = new RegExp(`^(${id})(?:_(${id}))?\\.pdf$`);

/** `<incident>.pdf` for all towns, `<incident>_<town>.pdf` for one: for those who may see the incident. */
export const damagePaper: FindDocument = async ({ stair, actor, file, words }) => {
  const [, wanted, one] = files.exec(file) ?? [];
  const incident = wanted ? stair.see<Incident>(actor, incidentNoun.noun, wanted)?.value : undefined;
  if (!incident || actor.role === 'guest') return { ok: false, code: 'damage.notFound' };
  const all = <T>(noun: string): T[] => stair.memory.of(workspaceStream, noun).map((doc) => doc.value as T);
  const organizations = new Map(all<Organization>(organization.noun).map((org) => [org.id, org]));
  const people = new Map(all<Person>(person.noun).map((who) => [who.id, who.name]));
  const sheets = new Map(all<DamageSheet>(damageSheet.noun).filter((sheet) => sheet.incident === incident.id).map((sheet) => [sheet.town, sheet]));
  const town = one === undefined ? undefined : organizations.get(one);
  const sheet = one === undefined ? undefined : sheets.get(one);
  if (one !== undefined && (!town || !sheet)) return { ok: false, code: 'damage.notFound' };
  const facts = {
    incident, sheets, now: stair.now(), forms: formsWith(all<FormSet>(damageForm.noun)),
    towns: [...organizations.values()].filter(isMunicipality).toSorted((a, b) => ((a.code ?? a.id) < (b.code ?? b.id) ? -1 : 1)),
    nameOf: (org: string) => organizations.get(org)?.name ?? '', person: (who: string) => people.get(who) ?? '',
  };
  const title = words.t(town ? 'document.damage.title' : 'document.damage.sums');
  return {
    // All of it stands in the workspace, the names too.
    key: `${incident.id}/${one ?? ''}/${stair.memory.streams.get(workspaceStream)!.head}/${words.language}`,
    name: `${incidentSays(incident, words)}_${town ? `${town.name}_${words.t('damage.rev', { n: sheet!.reports.length })}_` : ''}${title}.pdf`,
    write: () => (town && sheet ? townDocument(facts, town, sheet, words) : damageDocument(facts, words)),
  };
};
