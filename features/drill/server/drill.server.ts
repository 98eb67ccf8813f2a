import { nameIn, organization, person, type Organization, type Person } from '@noroshi/features/directory';
import type { FindDocument } from '@noroshi/foundations/documents/shelf';
import type { Measured } from '@noroshi/foundations/measured';
import { roomStream, workspaceStream } from '@noroshi/foundations/sync';
import { deskStream } from '../drill-run.ts';
import { improvement, type Improvement } from '../improvement.ts';
import { scoreOf } from '../score.ts';
import { drillFor } from './answer-score.server.ts';
import { drillDocument } from './drill-document.server.ts';
import { Look } from './seen.server.ts';

/** How the questions of the drill are answered, and its paper: all of it read with the first of them. */
export { answerScenarios } from './answer-scenarios.server.ts';
export { answerScoreBy } from './answer-score.server.ts';

const wanted = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.pdf$/;

/** `<drill>.pdf?with=<another>`: the after-action report, for whoever may see the score. (G12) */
export const drillPaperBy = (rooms: readonly Measured[]): FindDocument => async ({ stair, actor, file, query, words }) => {
  const id = wanted.exec(file)?.[1];
  const found = id ? drillFor(stair, actor, id) : undefined;
  if (!found) return { ok: false, code: 'drill.notFound' };
  const { incident } = found;
  const other = query['with'] && query['with'] !== id ? drillFor(stair, actor, query['with']) : undefined;
  // A rating may be mended after the end, of the other one too.
  const heads = [...new Set(incident.roles.map(({ room }) => roomStream(room))), deskStream(incident.id), ...(other ? [deskStream(other.incident.id)] : []), workspaceStream].map((key) => stair.memory.streams.get(key)?.head ?? 0);
  return {
    // While it runs, time alone changes it.
    key: [incident.id, other?.incident.id, words.language, ...heads, incident.closedAt ?? Math.floor(stair.now() / 60_000)].join('/'),
    name: `${words.t('app.drillMark')}${incident.name}_${words.t('document.drill.title')}.pdf`,
    async write() {
      const scored = async (one: typeof found) => scoreOf(await new Look(stair, rooms).seen(one));
      const all = <T>(noun: string): T[] => stair.memory.of(workspaceStream, noun).map((doc) => doc.value as T);
      const organizations = all<Organization>(organization.noun).toSorted((a, b) => ((a.code ?? a.id) < (b.code ?? b.id) ? -1 : 1));
      const people = new Map(all<Person>(person.noun).map((who) => [who.id, who.name]));
      const names = new Map(organizations.map((org) => [org.id, nameIn(org, words.language)]));
      return drillDocument({
        incident, score: await scored(found), before: other && await scored(other), now: stair.now(),
        improvements: all<Improvement>(improvement.noun).filter((one) => one.incident === incident.id),
        orgs: organizations.map((org) => org.id), nameOf: (org) => names.get(org) ?? '', person: (who) => people.get(who) ?? '',
      }, words);
    },
  };
};
