import { clockShape } from '@noroshi/features/incident';
import { idShape, momentShape, type Id, type Moment } from '@noroshi/foundations/kernel';
import { eventKind, noun, ref, type Event, type Ref } from '@noroshi/foundations/sync';
import type { Blacked } from '@noroshi/foundations/redacts';
import * as z from 'zod/mini';
import { changesBetween, type Change } from './changes.ts';
import { declineReasons } from './codes.ts';
import { countShape, detailsShape, lineIdShape, lineShape, pledgeShape, waveShape, type Details, type Line, type Pledge } from './content.ts';

/** Who helps, as the plan said when the request was sent (or when the plan's order moved on). */
export const supportersShape = z.strictObject({
  primary: idShape,
  /** In the plan's order. */
  secondaries: z.array(idShape),
  headquarters: idShape,
  /** 仮定: the pair is our assumption, not published. */
  assumed: z.boolean(),
});
export type Supporters = z.output<typeof supportersShape>;

/** The steps of a wave, in order. */
export const steps = ['departed', 'arrived', 'active', 'handedOver', 'returned', 'turnedBack', 'recalled'] as const;
export type Step = (typeof steps)[number];

/** How many of one answer have taken each step: totals, never differences. */
export interface Moves extends Readonly<Record<Step, number>> {
  readonly rev: number;
  /** When each step last moved. */
  readonly at: Readonly<Partial<Record<Step, Moment>>>;
}

/** The one answer that stands for a line, an organization and a wave. */
export interface Answer {
  readonly line: number;
  readonly org: Id;
  readonly wave: number;
  /** 1, 2, 3 …: who changes it names the one they saw. */
  readonly rev: number;
  /** 決定: how many come. */
  readonly count: number;
  /** 検討中: how many more are being looked for. */
  readonly considering?: { readonly count: number; readonly until?: Moment };
  /** 不可, or 辞退 where something had been committed before. */
  readonly declined?: { readonly reason: (typeof declineReasons)[number]; readonly text?: string; readonly withdrawn?: boolean };
  readonly by: Id;
  readonly at: Moment;
  readonly pledge: Pledge;
  /** 受諾 by the asker, of this very revision. An older one has lapsed. */
  readonly accepted?: { readonly rev: number; readonly by: Id; readonly at: Moment };
  readonly moves: Moves;
}

/** With whom a line lies, since when, and until when they have time. */
export interface Stage {
  readonly tier: 'primary' | 'secondaries' | 'headquarters';
  readonly since: Moment;
  readonly due?: Moment;
  /** When the need last rose: what was said before that was about a smaller need. */
  readonly raised: Moment;
}

/** 第n報: what a revision changed, old and new. */
export interface Revision {
  readonly rev: number;
  readonly at: Moment;
  readonly by: Id;
  readonly org: Id;
  readonly changes: readonly Change[];
}

/** One line of what happened to a request: enough for its history on screen and on paper. */
export interface Entry {
  readonly did: 'sent' | 'revised' | 'received' | 'considered' | 'committed' | 'declined' | 'withdrawn' | 'accepted' | 'moved' | 'passedOn' | 'escalated' | 'cancelled' | 'done' | 'followed' | 'tookOver' | 'invited';
  readonly at: Moment;
  readonly by: Id;
  readonly org: Id;
  /** The revision that came out by it. */
  readonly rev?: number;
  /** What it was about. `org`: whose answer, where that is another's. */
  readonly parts?: readonly { readonly line: number; readonly wave?: number; readonly count?: number; readonly org?: Id }[];
  readonly step?: Step;
  readonly to?: string;
  readonly because?: string;
  readonly until?: Moment;
  readonly reason?: string;
  readonly text?: string;
}

/** A request for staff (応援職員派遣要請). */
export interface DispatchRequest {
  readonly id: Id;
  /** `C-西予-001` */
  readonly no: string;
  readonly room: Id;
  readonly incident: Id;
  readonly drill: boolean;
  /** Who asks: the town that is hit. */
  readonly org: Id;
  readonly by: Id;
  readonly at: Moment;
  /** Headquarters asked on behalf of the town. */
  readonly onBehalf: boolean;
  readonly rev: number;
  readonly lines: readonly Line[];
  readonly details: Details;
  readonly supporters: Supporters;
  readonly clockMinutes: number;
  readonly revisions: readonly Revision[];
  /** 受領, per organization. */
  readonly receipts: Readonly<Record<Id, { readonly by: Id; readonly at: Moment }>>;
  readonly answers: Readonly<Record<string, Answer>>;
  readonly stages: Readonly<Record<string, Stage>>;
  /** All that happened to it, oldest first. */
  readonly log: readonly Entry[];
  /** 引き取り: who at headquarters sees to what is short. The last who said so. */
  readonly inHand?: { readonly by: Id; readonly org: Id; readonly at: Moment };
  /** Organizations beyond the plan that headquarters has asked to help. */
  readonly invited?: readonly { readonly org: Id; readonly by: Id; readonly at: Moment }[];
  /** 上申 */
  readonly escalations: readonly { readonly to: 'prefecture' | 'nation'; readonly by: Id; readonly org: Id; readonly at: Moment; readonly reason?: string; readonly words?: string }[];
  readonly closed?: { readonly as: 'cancelled' | 'done'; readonly by: Id; readonly org: Id; readonly at: Moment; readonly reason?: string };
  readonly redacted?: readonly Blacked[];
}

const part = { line: lineIdShape, wave: waveShape };
/** The whole text of a 上申, as it was sent. */
export const upwardWordsShape = z.string().check(z.trim(), z.minLength(1), z.maxLength(4000));
const reasonShape = z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(500)));

// Numbers 100 to 149 are the request's own.
export const sent = eventKind('request.sent', 100, z.object({
  /** Its place among the requests of this town in this room and incident. */
  n: z.int(),
  no: z.string(),
  room: idShape,
  incident: idShape,
  org: idShape,
  lines: z.array(lineShape),
  details: detailsShape,
  supporters: supportersShape,
  clockMinutes: clockShape,
}));
export const revised = eventKind('request.revised', 101, z.object({ request: idShape, lines: z.array(lineShape), details: detailsShape, clockMinutes: clockShape }));
export const received = eventKind('request.received', 102, z.object({ request: idShape }));
export const considered = eventKind('request.considered', 103, z.object({ request: idShape, parts: z.array(z.object({ ...part, count: countShape })), until: z.optional(momentShape) }));
export const committed = eventKind('request.committed', 104, z.object({
  request: idShape,
  parts: z.array(z.object({ ...part, count: countShape, considering: z.optional(countShape) })),
  until: z.optional(momentShape),
  pledge: pledgeShape,
  /** The pledge is all there is from now on; else what it does not name stays. */
  whole: z.optional(z.boolean()),
}));
export const declined = eventKind('request.declined', 105, z.object({
  request: idShape, parts: z.array(z.object(part)), reason: z.enum(declineReasons), text: reasonShape, withdrawn: z.optional(z.boolean()),
}));
export const accepted = eventKind('request.accepted', 106, z.object({ request: idShape, parts: z.array(z.object({ ...part, org: idShape, rev: z.int() })) }));
/** Totals of an answer's steps from now on; those not named stay. */
export const moved = eventKind('request.moved', 107, z.object({
  request: idShape, ...part, org: idShape, step: z.enum(steps), totals: z.partialRecord(z.enum(steps), z.int()), reason: reasonShape,
}));
export const passedOn = eventKind('request.passedOn', 108, z.object({
  request: idShape,
  /** `primary`: the next wave begins with it, or the plan's order moved on to it. */
  to: z.enum(['secondaries', 'headquarters', 'primary']),
  because: z.enum(['late', 'answered', 'reopened', 'wave', 'followed']),
  lines: z.array(z.object({ line: lineIdShape, rest: z.int() })),
  due: z.optional(momentShape),
}));
export const escalated = eventKind('request.escalated', 109, z.object({ request: idShape, to: z.enum(['prefecture', 'nation']), reason: reasonShape, words: z.optional(upwardWordsShape) }));
export const closed = eventKind('request.closed', 110, z.object({ request: idShape, as: z.enum(['cancelled', 'done']), reason: reasonShape }));
export const supportersFollowed = eventKind('request.supportersFollowed', 111, z.object({ request: idShape, supporters: supportersShape }));
/** Who does it is whoever says it. */
export const takenOver = eventKind('request.takenOver', 112, z.object({ request: idShape }));

/** Headquarters asks an organization beyond the plan. */
export const invited = eventKind('request.invited', 113, z.object({ request: idShape, org: idShape }));

/** Names an answer within its request. */
export const answerKey = (line: number, org: Id, wave: number): string => `${line}/${org}/${wave}`;

const still: Moves = { rev: 0, departed: 0, arrived: 0, active: 0, handedOver: 0, returned: 0, turnedBack: 0, recalled: 0, at: {} };

/** How many waves a line has. */
export const wavesOf = (line: Line): number => line.waves?.length ?? 1;

/** How many people a line needs at a time. A further wave is no reason to ask anew at once: it is planned without a clock. */
const needOf = (line: Line | undefined): number => (!line || line.withdrawn ? 0 : line.count);

const begin = (now: Moment, minutes: number): Stage => ({ tier: 'primary', since: now, raised: now, due: now + minutes * 60_000 });

/** Writes down that it happened. What is not said takes no room. */
function log(now: DispatchRequest, e: Event<any>, did: Entry['did'], more: Partial<Entry> = {}): DispatchRequest {
  const said = Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined));
  return { ...now, log: [...now.log, { did, at: e.at, by: e.by, org: e.org, ...said }] };
}

/** Puts what an organization said in place of what it had said before. Whoever answers has received. */
function answer(now: DispatchRequest, e: Event<any>, parts: readonly { line: number; wave: number }[], say: (before: Answer | undefined, part: any) => Pick<Answer, 'count' | 'considering' | 'declined' | 'pledge'>): DispatchRequest {
  const answers = { ...now.answers };
  for (const one of parts) {
    const key = answerKey(one.line, e.org, one.wave);
    const before = answers[key];
    answers[key] = {
      line: one.line, org: e.org, wave: one.wave, rev: (before?.rev ?? 0) + 1, by: e.by, at: e.at,
      ...say(before, one),
      ...(before?.accepted ? { accepted: before.accepted } : {}),
      moves: before?.moves ?? still,
    };
  }
  return { ...now, answers, receipts: receive(now, e).receipts };
}

const receive = (now: DispatchRequest, e: Event<any>): DispatchRequest =>
  (now.receipts[e.org] ? now : { ...now, receipts: { ...now.receipts, [e.org]: { by: e.by, at: e.at } } });

const consideringOf = (count: number | undefined, until: Moment | undefined): Pick<Answer, 'considering'> =>
  (count ? { considering: { count, ...(until === undefined ? {} : { until }) } } : {});

export const request = noun<DispatchRequest>('request')
  .begins(sent, (e) => e.id, (e) => {
    const { n: _n, ...body } = e.body;
    return {
      ...body, id: e.id, drill: e.drill ?? false, by: e.by, at: e.at, onBehalf: e.org !== body.org, rev: 1,
      revisions: [{ rev: 1, at: e.at, by: e.by, org: e.org, changes: [] }],
      receipts: {}, answers: {}, escalations: [], log: [{ did: 'sent', at: e.at, by: e.by, org: e.org, rev: 1 }],
      stages: Object.fromEntries(body.lines.map((line) => [line.id, begin(e.at, body.clockMinutes)])),
    };
  })
  .on(revised, (e) => e.body.request, (now, e) => {
    if (!now) return undefined;
    const { lines, details, clockMinutes } = e.body;
    const stages = { ...now.stages };
    for (const line of lines) {
      const before = now.lines.find((l) => l.id === line.id);
      // More to ask for is a new question: it begins with the primary, with the whole clock.
      if (!stages[line.id] || needOf(line) > needOf(before)) stages[line.id] = begin(e.at, clockMinutes);
    }
    const rev = now.rev + 1;
    const changes = changesBetween(now, e.body);
    return log({ ...now, lines, details, clockMinutes, stages, rev, revisions: [...now.revisions, { rev, at: e.at, by: e.by, org: e.org, changes }] }, e, 'revised', { rev });
  })
  .on(received, (e) => e.body.request, (now, e) => now && log(receive(now, e), e, 'received'))
  .on(considered, (e) => e.body.request, (now, e) => now && log(answer(now, e, e.body.parts, (before, part) => ({
    count: before?.count ?? 0, pledge: before?.pledge ?? {}, ...consideringOf(part.count, e.body.until),
  })), e, 'considered', { parts: e.body.parts, until: e.body.until }))
  .on(committed, (e) => e.body.request, (now, e) => now && log(answer(now, e, e.body.parts, (before, part) => ({
    count: part.count, pledge: e.body.whole ? e.body.pledge : { ...before?.pledge, ...e.body.pledge }, ...consideringOf(part.considering, e.body.until),
  })), e, 'committed', { parts: e.body.parts.map(({ line, wave, count }) => ({ line, wave, count })), text: e.body.pledge?.note }))
  .on(declined, (e) => e.body.request, (now, e) => now && log(answer(now, e, e.body.parts, (before) => ({
    count: 0, pledge: before?.pledge ?? {},
    declined: { reason: e.body.reason, ...(e.body.text ? { text: e.body.text } : {}), ...(e.body.withdrawn ? { withdrawn: true } : {}) },
  })), e, e.body.withdrawn ? 'withdrawn' : 'declined', { parts: e.body.parts, reason: e.body.reason, text: e.body.text }))
  .on(accepted, (e) => e.body.request, (now, e) => {
    if (!now) return undefined;
    const answers = { ...now.answers };
    for (const { line, org, wave, rev } of e.body.parts) {
      const key = answerKey(line, org, wave);
      if (answers[key]) answers[key] = { ...answers[key], accepted: { rev, by: e.by, at: e.at } };
    }
    return log({ ...now, answers }, e, 'accepted', { parts: e.body.parts.map(({ line, wave, org }) => ({ line, wave, org, count: answers[answerKey(line, org, wave)]?.count ?? 0 })) });
  })
  .on(moved, (e) => e.body.request, (now, e) => {
    const key = answerKey(e.body.line, e.body.org, e.body.wave);
    const before = now?.answers[key];
    if (!now || !before) return undefined;
    const at = { ...before.moves.at };
    for (const step of Object.keys(e.body.totals) as Step[]) at[step] = e.at;
    const { line, wave, org, step, totals, reason } = e.body;
    const answers = { ...now.answers, [key]: { ...before, moves: { ...before.moves, ...totals, rev: before.moves.rev + 1, at } } };
    return log({ ...now, answers }, e, 'moved', { step, parts: [{ line, wave, org, count: totals[step] ?? before.moves[step] }], text: reason });
  })
  .on(passedOn, (e) => e.body.request, (now, e) => {
    if (!now) return undefined;
    const stages = { ...now.stages };
    for (const { line } of e.body.lines) {
      stages[line] = { tier: e.body.to, since: e.at, raised: (e.body.to !== 'primary' && stages[line]?.raised) || e.at, ...(e.body.due === undefined ? {} : { due: e.body.due }) };
    }
    const { to, because, due, lines } = e.body;
    return log({ ...now, stages }, e, 'passedOn', { to, because, until: due, parts: lines.map(({ line, rest }) => ({ line, count: rest })) });
  })
  .on(escalated, (e) => e.body.request, (now, e) => now && log({
    ...now, escalations: [...now.escalations, { to: e.body.to, by: e.by, org: e.org, at: e.at, ...(e.body.reason ? { reason: e.body.reason } : {}), ...(e.body.words ? { words: e.body.words } : {}) }],
  }, e, 'escalated', { to: e.body.to, text: e.body.reason }))
  .on(takenOver, (e) => e.body.request, (now, e) => now && log({ ...now, inHand: { by: e.by, org: e.org, at: e.at } }, e, 'tookOver'))
  .on(invited, (e) => e.body.request, (now, e) => now && log({
    ...now, invited: [...(now.invited ?? []).filter(({ org }) => org !== e.body.org), { org: e.body.org, by: e.by, at: e.at }],
  }, e, 'invited', { to: e.body.org }))
  .on(closed, (e) => e.body.request, (now, e) => now && log({
    ...now, closed: { as: e.body.as, by: e.by, org: e.org, at: e.at, ...(e.body.reason ? { reason: e.body.reason } : {}) },
  }, e, e.body.as, { text: e.body.reason }))
  .on(supportersFollowed, (e) => e.body.request, (now, e) => {
    if (!now) return undefined;
    const { supporters } = e.body;
    if (supporters.primary === now.supporters.primary) return log({ ...now, supporters }, e, 'followed');
    // Another primary has to be asked anew, unless a line has already gone past the primary.
    const stages = Object.fromEntries(Object.entries(now.stages).map(([line, stage]) =>
      [line, stage.tier === 'primary' ? { ...begin(e.at, now.clockMinutes), raised: stage.raised } : stage]));
    return log({ ...now, supporters, stages }, e, 'followed', { to: supporters.primary });
  });

export const theRequest = (id: Id): Ref<DispatchRequest> => ref(request, id);
