import type { Words } from '@noroshi/foundations/i18n';
import type { Id } from '@noroshi/foundations/kernel';
import { blackedSays } from '@noroshi/foundations/redacts';
import type { Member } from '@noroshi/foundations/sync';
import { A4, type Run } from '@noroshi/foundations/documents';
import type { Incident } from '@noroshi/features/incident';
import type { Organization } from '@noroshi/features/directory';
import type { Message } from '@noroshi/features/talk';
import type { Change } from '../changes.ts';
import type { DispatchRequest } from '../dispatch-request.ts';
import { dateInWords, detailFields, dutyInWords, fieldName, inWords, lineFields, pledgeInWords } from '../in-words.ts';
import { answersTo, sumsOf } from '../sums.ts';

/** What the document is made of. */
export interface DocumentFacts {
  readonly request: DispatchRequest;
  readonly incident: Incident | undefined;
  readonly organizations: ReadonlyMap<Id, Organization>;
  /** Who asked and answered, as they sat when they did. */
  readonly members: ReadonlyMap<Id, Member>;
  readonly now: number;
  /** The message that tells of the damage, where it is named and whoever asks may see it. */
  readonly report?: Message | undefined;
}

/**
 * 応援職員派遣要請書: the formal, numbered request as A4, with all its revisions and the answers so far.
 * What the latest revision changed is underlined, as in the reports of the fire and disaster agency.
 */
export function requestDocument({ request, incident, organizations, members, now, report }: DocumentFacts, words: Words): Promise<Buffer> {
  const { t, moment } = words;
  const nameOf = (org: Id): string => organizations.get(org)?.name ?? '';
  const rev = t('request.rev', { n: request.rev });
  const changed = new Set((request.revisions.at(-1)?.changes ?? []).map((c) => `${c.line ?? ''}/${c.field}`));
  const paper = new A4({
    title: `${t('document.request.title')} ${request.no} ${rev}`, language: words.language, madeAt: new Date(now),
    stamp: request.drill ? t('document.drillStamp') : undefined,
    foot: (page, of) => t('document.foot', { no: request.no, rev, page, of, time: moment(now) }),
  });
  const year = (at: number): string => dateInWords(at, words);
  const last = request.revisions.at(-1)!;
  const who = members.get(request.by)?.card;

  paper.line(`${request.no}　${rev}`, 'right').line(`${year(last.at)} ${words.time(last.at)}`, 'right').gap(8);
  paper.line(t('document.request.to', { name: nameOf(request.supporters.primary) }));
  for (const org of request.supporters.secondaries) paper.line(t('document.request.to', { name: nameOf(org) }));
  paper.line(t('document.request.to', { name: nameOf(request.supporters.headquarters) }));
  paper.gap(4).line(t('document.request.from', { org: nameOf(request.org) }), 'right');
  if (who) paper.line(`${t('document.request.by', { post: who.post, name: who.name })}${request.onBehalf ? t('document.request.onBehalf') : ''}`, 'right');
  paper.title(t('document.request.title'));
  paper.line(t('document.request.says', { basis: inWords('basis', request.details.basis ?? ['agreement'], words) })).gap(6).line(t('document.request.below'), 'center').gap(6);
  paper.facts([{ term: t('document.request.no'), is: `${request.no}　${rev}` }, { term: t('document.request.incident'), is: incident?.name ?? '' }]);

  paper.heading(t('document.request.lines'));
  const mark = (line: number, field: string): boolean => changed.has(`${line}/${field}`) || changed.has(`${line}/line`);
  paper.table(
    [{ head: fieldName('duty', words), share: 3 }, { head: fieldName('count', words), share: 1, align: 'right' }, { head: t('document.request.note'), share: 4 }],
    [
      ...request.lines.filter((line) => !line.withdrawn).map((line) => [
        [{ text: dutyInWords(line, words), changed: mark(line.id, 'duty') || mark(line.id, 'dutyText') }],
        [{ text: t('request.people', { n: line.count }), changed: mark(line.id, 'count') }],
        runs(lineFields.filter((f) => line[f] !== undefined).map((f) => ({ text: `${fieldName(f, words)}：${inWords(f, line[f], words)}`, changed: mark(line.id, f) }))),
      ]),
      [[{ text: t('document.request.total'), bold: true }], [{ text: t('request.people', { n: sumsOf(request).total.needed }), bold: true }], ''],
    ],
  );

  const particulars = detailFields.filter((f) => f !== 'basis' && request.details[f] !== undefined);
  const facts = particulars.map((f) => ({ term: fieldName(f, words), is: [{ text: f === 'damageReport' && report ? quoted(report, members, words) : inWords(f, request.details[f], words), changed: changed.has(`/${f}`) }] }));
  if (request.details.neededBy === undefined) facts.push({ term: fieldName('neededBy', words), is: [{ text: t('request.soonest'), changed: changed.has('/neededBy') }] });
  paper.heading(t('document.request.particulars')).facts(facts);
  if (changed.size > 0) paper.line(t('document.request.underlined'), 'left', 8.5);
  if (request.redacted) paper.line(blackedSays(request.redacted, words, (id) => members.get(id)?.card.name ?? ''), 'left', 8.5);
  if (request.supporters.assumed) paper.line(t('document.assumed'), 'left', 8.5);

  answers(paper, request, nameOf, words, now);
  history(paper, request, members, words);
  return paper.end();
}

/** As much of a quoted message as a paper bears. */
const mostQuoted = 600;

/** What someone said in the talk, with who said it and when. What was taken back is not printed. */
function quoted({ text = '', withdrawn, by, at }: Message, members: ReadonlyMap<Id, Member>, words: Words): string {
  const { t, moment } = words;
  const card = members.get(by)?.card;
  const who = [card?.orgName, card?.post, card?.name].filter(Boolean).join(' ');
  if (withdrawn) return t('document.request.reportWithdrawn', { who, time: moment(at) });
  return t('document.request.report', { text: text.length > mostQuoted ? `${text.slice(0, mostQuoted)}…` : text, who, time: moment(at) });
}

function answers(paper: A4, request: DispatchRequest, nameOf: (org: Id) => string, words: Words, now: number): void {
  const { t } = words;
  paper.heading(t('document.request.answers', { time: words.moment(now) }));
  const { total } = sumsOf(request);
  const figures = (['needed', 'committed', 'arrived', 'short'] as const).map((figure) => `${t(`sum.${figure}`)} ${total[figure]}`);
  if (total.surplus > 0) figures.push(`${t('sum.surplus')} ${total.surplus}`);
  paper.line(figures.join('　')).gap(4);
  const rows = request.lines.flatMap((line) => answersTo(request, line.id).map((answer) => {
    const said = [
      ...(answer.count > 0 ? [t('document.request.committed', { n: answer.count })] : []),
      ...(answer.considering ? [t('document.request.considering', { n: answer.considering.count })] : []),
      ...(answer.declined ? [t('document.request.declined', { because: t(`request.because.${answer.declined.reason}`) + (answer.declined.text ? `：${answer.declined.text}` : '') })] : []),
      ...(answer.accepted?.rev === answer.rev ? [t('document.request.accepted')] : []),
    ];
    return [nameOf(answer.org), dutyInWords(line, words), said.join('　'), words.moment(answer.at)];
  }));
  if (rows.length === 0) paper.line(t('document.request.noAnswers'));
  else {
    paper.table([
      { head: t('document.request.org'), share: 2 }, { head: t('request.field.duty'), share: 3 }, { head: t('document.request.answer'), share: 4 }, { head: t('request.field.requestedAt'), share: 2.2 },
    ], rows);
    pledges(paper, request, nameOf, words);
  }
}

/** What the answers say beside their numbers: who comes, with what. The same words for several lines stand once. */
function pledges(paper: A4, request: DispatchRequest, nameOf: (org: Id) => string, words: Words): void {
  const told = new Map<string, { org: Id; duties: string[]; says: string }>();
  for (const line of request.lines) {
    for (const { org, pledge, count } of answersTo(request, line.id)) {
      const says = count > 0 ? pledgeInWords(pledge, words).map((one) => words.t('document.request.pledge', { field: one.name, says: one.says })).join('\n') : '';
      if (!says) continue;
      const same = told.get(`${org}\0${says}`);
      const duty = dutyInWords(line, words);
      if (!same) told.set(`${org}\0${says}`, { org, duties: [duty], says });
      else if (!same.duties.includes(duty)) same.duties.push(duty);
    }
  }
  if (told.size === 0) return;
  // A row is never torn, so a long list of names becomes several.
  paper.heading(words.t('document.request.pledges')).facts([...told.values()].flatMap(({ org, duties, says }) =>
    inParts(says.split('\n'), 30).map((part) => ({ term: `${nameOf(org)}\n${duties.join('\n')}`, is: part.join('\n') }))));
}

function history(paper: A4, request: DispatchRequest, members: ReadonlyMap<Id, Member>, words: Words): void {
  const { t } = words;
  const change = ({ line, field, from, to }: Change): string => t('document.request.change', {
    field: line === undefined ? fieldName(field, words) : t('document.request.lineOf', { n: line, field: fieldName(field, words) }),
    from: inWords(field, from, words), to: inWords(field, to, words),
  });
  paper.heading(t('document.request.history')).facts(request.revisions.map((r) => {
    const by = members.get(r.by)?.card;
    const what = r.changes.length > 0 ? r.changes.map(change).join('\n') : t('document.request.first');
    return { term: `${t('request.rev', { n: r.rev })}　${words.moment(r.at)}`, is: by ? `${what}\n${by.orgName} ${by.post} ${by.name}` : what };
  }));
}

const inParts = <T>(all: readonly T[], most: number): T[][] => Array.from({ length: Math.ceil(all.length / most) }, (_, i) => all.slice(i * most, (i + 1) * most));

const runs = (parts: readonly Run[]): Run[] | string => (parts.length === 0 ? '' : parts.flatMap((part, i) => (i === 0 ? [part] : [{ text: '　' }, part])));
