import { organization, person, type Organization, type Person } from '@noroshi/features/directory';
import { incident as incidentNoun, isMunicipality, type Incident } from '@noroshi/features/incident';
import { Shelf } from '@noroshi/foundations/documents/shelf';
import { words } from '@noroshi/foundations/i18n';
import { english } from '@noroshi/foundations/i18n/en';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { workspaceStream } from '@noroshi/foundations/sync';
import { refuse, type Stair, type WhoAsks } from '@noroshi/foundations/sync/server';
import type { FastifyInstance } from 'fastify';
import { damageSheet, type DamageSheet } from '../sheet.ts';

const id = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const files = new RegExp(`^(${id})(?:_(${id}))?\\.pdf$`);

/** `GET /documents/damage/<incident>.pdf` for all towns, `…/<incident>_<town>.pdf` for one; `?lang=ja|en`. For those who may see the incident. */
export function mountDamageDocuments(app: FastifyInstance, stair: Stair, whoAsks: WhoAsks): void {
  const shelf = new Shelf(stair);
  app.get<{ Params: { file: string }; Querystring: { lang?: string } }>('/documents/damage/:file', async (asked, reply) => {
    reply.header('cache-control', 'private, no-store');
    const actor = (await whoAsks(asked))?.actor();
    if (!actor) return refuse(reply, { ok: false, code: 'account.signedOut' });
    const [, wanted, one] = files.exec(asked.params.file) ?? [];
    const incident = wanted ? stair.see<Incident>(actor, incidentNoun.noun, wanted)?.value : undefined;
    if (!incident || actor.role === 'guest') return refuse(reply, { ok: false, code: 'damage.notFound' });
    const all = <T>(noun: string): T[] => stair.memory.of(workspaceStream, noun).map((doc) => doc.value as T);
    const organizations = new Map(all<Organization>(organization.noun).map((org) => [org.id, org]));
    const people = new Map(all<Person>(person.noun).map((who) => [who.id, who.name]));
    const sheets = new Map(all<DamageSheet>(damageSheet.noun).filter((sheet) => sheet.incident === incident.id).map((sheet) => [sheet.town, sheet]));
    const town = one === undefined ? undefined : organizations.get(one);
    const sheet = one === undefined ? undefined : sheets.get(one);
    if (one !== undefined && (!town || !sheet)) return refuse(reply, { ok: false, code: 'damage.notFound' });
    const language = asked.query.lang === 'en' ? 'en' : 'ja';
    const spoken = language === 'en' ? words('en', english) : words('ja', japanese);
    const facts = {
      incident, sheets, now: stair.now(),
      towns: [...organizations.values()].filter(isMunicipality).toSorted((a, b) => ((a.code ?? a.id) < (b.code ?? b.id) ? -1 : 1)),
      nameOf: (org: string) => organizations.get(org)?.name ?? '', person: (who: string) => people.get(who) ?? '',
    };
    const title = spoken.t(town ? 'document.damage.title' : 'document.damage.sums');
    return shelf.hand(reply, {
      // All of it stands in the workspace, the names too.
      actor, key: `${incident.id}/${one ?? ''}/${stair.memory.streams.get(workspaceStream)!.head}/${language}`,
      name: `${incident.drill ? `【${spoken.t('home.drill')}】` : ''}${incident.name}_${town ? `${town.name}_${spoken.t('damage.rev', { n: sheet!.reports.length })}_` : ''}${title}.pdf`,
      // Read with the first document: a start has no use for it.
      async write() {
        const { damageDocument, townDocument } = await import('./damage-document.ts');
        return town && sheet ? townDocument(facts, town, sheet, spoken) : damageDocument(facts, spoken);
      },
    });
  });
}
