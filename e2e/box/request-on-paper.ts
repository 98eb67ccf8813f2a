import { organization } from '@noroshi/features/directory';
import { incident, type Incident } from '@noroshi/features/incident';
import { commit, decline, request, send, sumsOf, type DispatchRequest } from '@noroshi/features/request';
import { room } from '@noroshi/features/talk';
import { derivedId, type Actor, type Id } from '@noroshi/foundations/kernel';
import { roomStream, type Deed } from '@noroshi/foundations/sync';
import { Paper, type PaperAnswer } from '@noroshi/foundations/testing';
import { house } from '@noroshi/server/features';

const id = (name: string): Id => derivedId('00000000-0000-8000-8000-00000000cafe', name);

/** The request's rules on paper: Seiyo is hit, Saijo is primary, Iyo and Tobe are secondary (unless said otherwise), Uchiko has no role, Mika is from outside. */
export function requestOnPaper(secondaries: readonly ('iyo' | 'tobe')[] = ['iyo', 'tobe'], primary: 'saijo' | 'ehime' = 'saijo') {
  const paper = new Paper(house);
  const orgs = { ehime: id('ehime'), seiyo: id('seiyo'), saijo: id('saijo'), iyo: id('iyo'), tobe: id('tobe'), uchiko: id('uchiko'), hiroshima: id('hiroshima') };
  const names: Record<keyof typeof orgs, [string, string]> = {
    ehime: ['愛媛県', '県'], seiyo: ['西予市', '西予'], saijo: ['西条市', '西条'], iyo: ['伊予市', '伊予'], tobe: ['砥部町', '砥部'], uchiko: ['内子町', '内子'], hiroshima: ['広島県', '広島'],
  };
  for (const [key, [name, short]] of Object.entries(names)) {
    const one = orgs[key as keyof typeof orgs];
    paper.put(organization.noun, one, { id: one, name, short, kana: '', romaji: '', kind: key === 'ehime' ? 'prefecture' : 'city' });
  }
  const person = (name: string, org: Id, role: Actor['role'] = 'member'): Actor => ({ person: id(`person/${name}`), org, role });
  const cast = {
    hanako: person('hanako', orgs.ehime, 'administrator'), taro: person('taro', orgs.seiyo), aoi: person('aoi', orgs.saijo), ken: person('ken', orgs.iyo),
    tomo: person('tomo', orgs.tobe), uta: person('uta', orgs.uchiko), mika: person('mika', orgs.hiroshima, 'guest'),
  };
  const groupC = id('groupC');
  const flood = id('flood');
  const incidentOf = (over: Partial<Incident> = {}): Incident => ({
    id: flood, name: '平成30年7月豪雨', kind: 'flood', drill: false, openedAt: paper.now, openedBy: cast.hanako.person, affected: [orgs.seiyo],
    roles: [{ affected: orgs.seiyo, primary: orgs[primary], secondaries: secondaries.map((s) => orgs[s]), assumed: true, room: groupC }],
    headquarters: orgs.ehime, planVersion: '2018年度', planRevision: 1, revision: 1, ...over,
  });
  paper.put(incident.noun, flood, incidentOf());
  paper.put(room.noun, groupC, { id: groupC, kind: 'group', name: 'グループC', short: 'C', orgs: Object.values(orgs), incidents: [{ incident: flood, name: '平成30年7月豪雨', drill: false, affected: [orgs.seiyo] }], pins: [] }, roomStream(groupC));

  const where = (asked: Id) => ({ room: groupC, request: asked });
  return {
    paper, orgs, cast, groupC, flood, incidentOf, where,
    /** Taro asks: 12 for shelters and 4 for surveys unless said otherwise. */
    asks(lines: readonly { duty: 'shelter' | 'houseSurvey'; count: number; waves?: { from: string; to: string }[] }[] = [{ duty: 'shelter', count: 12 }, { duty: 'houseSurvey', count: 4 }], clockMinutes?: number): Id {
      const answer = paper.do(cast.taro, send, { room: groupC, incident: flood, lines: [...lines], ...(clockMinutes ? { clockMinutes } : {}) });
      if (!answer.ok) throw new Error(answer.code);
      return answer.id;
    },
    now: (asked: Id): DispatchRequest => paper.get<DispatchRequest>(request.noun, asked)!,
    sums: (asked: Id) => sumsOf(paper.get<DispatchRequest>(request.noun, asked)!).total,
    /** The lines that the talk has heard, in order. */
    told: (): string[] => paper.events.filter((e) => e.kind === 'talk.noted').map((e) => (e.body as { line: string }).line),
    lastTold: () => paper.events.findLast((e) => e.kind === 'talk.noted')?.body as { line: string; params: Record<string, string | number> },
  };
}

/** The stage on which these stand. */
export type Stage = ReturnType<typeof requestOnPaper>;

/** Says a number with the revision that stands, as a screen would. */
export function pledges(on: Stage, who: Actor, asked: Id, counts: Record<number, number>, wave = 1): PaperAnswer {
  return on.paper.do(who, commit, {
    ...on.where(asked),
    parts: Object.entries(counts).map(([line, count]) => ({ line: Number(line), wave, count, sees: on.now(asked).answers[`${line}/${who.org}/${wave}`]?.rev ?? 0 })),
  });
}
/** Says 不可 to a line. */
export const refuses = (on: Stage, who: Actor, asked: Id, line = 2): PaperAnswer =>
  on.paper.do(who, decline, { ...on.where(asked), parts: [{ line, wave: 1, sees: on.now(asked).answers[`${line}/${who.org}/1`]?.rev ?? 0 }], reason: 'noStaff' });
/** A step of a wave, with the revision that stands. */
export function steps(on: Stage, who: Actor, deed: Deed<any, any> & { deed: string }, asked: Id, count: number, org = who.org, line = 1, wave = 1): PaperAnswer {
  return on.paper.do(who, deed, { ...on.where(asked), line, wave, count, org, sees: on.now(asked).answers[`${line}/${org}/${wave}`]?.moves.rev ?? 0 });
}
