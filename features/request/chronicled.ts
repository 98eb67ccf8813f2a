import type { Chronicled, ChronicleKind, Names, Tells } from '@noroshi/foundations/chronicled';
import { listed, type Key, type Words } from '@noroshi/foundations/i18n';
import { request, type DispatchRequest, type Entry } from './dispatch-request.ts';

/** What kind of line of the chronology each step of a request is. */
const kinds: Readonly<Record<Entry['did'], ChronicleKind>> = {
  sent: 'request', revised: 'request', passedOn: 'request', escalated: 'request', invited: 'request', cancelled: 'request',
  committed: 'decision', declined: 'decision', withdrawn: 'decision', accepted: 'decision',
  received: 'report', considered: 'report', moved: 'report', done: 'report', followed: 'report', tookOver: 'report',
};

/** What was done about a request, for the chronology: sent, committed, departed, arrived … */
export const requestChronicled = (of: DispatchRequest): Chronicled[] => of.log.map((entry, i): Chronicled => ({
  key: `request/${of.id}/${i}`, at: entry.at, by: entry.by, org: entry.org, kind: kinds[entry.did],
  about: [...new Set([of.org, ...(entry.parts ?? []).flatMap(({ org }) => org ?? []), ...((entry.did === 'followed' || entry.did === 'invited') && entry.to ? [entry.to] : [])])],
  says: (words, names) => words.t('request.chronicled', { no: of.no, town: names.org(of.org), did: didSays(of, entry, words, names) }),
  href: `/request/${of.id}`,
}));

function didSays(of: DispatchRequest, { did, rev, parts = [], step, to, because, reason, text }: Entry, words: Words, names: Names): string {
  const { t } = words;
  const count = parts.reduce((sum, part) => sum + (part.count ?? 0), 0);
  const duty = (id: number): string => {
    const line = of.lines.find((one) => one.id === id);
    return !line ? '' : line.duty === 'other' && line.dutyText ? line.dutyText : t(`request.duty.${line.duty}` as Key);
  };
  const each = parts.map((part) => [part.org && names.org(part.org), duty(part.line), part.wave && part.wave > 1 && t('request.waveNo', { n: part.wave }), part.count !== undefined && t('request.people', { n: part.count })].filter(Boolean).join(' '));
  const more = (...all: readonly (string | undefined)[]): string => listed(all.flatMap((one) => one || []), words);
  const why = more(reason && t(`request.reason.${reason}` as Key), text);
  switch (did) {
    case 'sent': return more(t('request.did.sent'), ...(rev === 1 && of.revisions.length === 1 ? of.lines.map((line) => `${duty(line.id)} ${t('request.people', { n: line.count })}`) : []));
    case 'revised': return t('request.rev', { n: rev ?? 0 });
    case 'considered': return more(t('request.did.considered', { count }), ...each);
    case 'committed': return more(t('request.did.committed', { count }), ...each, why);
    case 'moved': return more(t(`request.step.${step!}`), ...each, why);
    case 'passedOn': return more(t(`request.did.passedOn.${to}` as Key, { rest: count }), t(`request.did.because.${because}` as Key));
    case 'escalated': return more(t(`request.did.escalated.${to}` as Key), why);
    case 'followed': case 'invited': return more(t(`request.did.${did}`), to && names.org(to));
    case 'cancelled': case 'done': return more(t(`request.state.${did}`), why);
    case 'received': case 'tookOver': return t(`request.did.${did}`);
    default: return more(t(`request.did.${did}`), ...each, why);
  }
}

/** The same, of whatever this room holds. */
export const requestTells: Tells<DispatchRequest> = { noun: request.noun, told: (value, incident) => (value.incident === incident ? requestChronicled(value) : []) };
