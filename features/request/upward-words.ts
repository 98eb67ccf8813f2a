import { listed, type Words } from '@noroshi/foundations/i18n';
import type { Id, Moment } from '@noroshi/foundations/kernel';
import type { DispatchRequest } from './dispatch-request.ts';
import { dateInWords, dayInWords, dutyInWords, inWords } from './in-words.ts';
import { answersTo, standing, sumsOf } from './sums.ts';

/** What the words of a 上申 are made of. */
export interface Upward {
  readonly request: DispatchRequest;
  readonly to: 'prefecture' | 'nation';
  /** The name of the disaster, as it stands in the incident. */
  readonly incident: string;
  /** The name of an organization. */
  readonly nameOf: (org: Id) => string;
  /** Who takes it up: organization, post and name. */
  readonly by: { readonly org: Id; readonly post: string; readonly name: string };
  readonly now: Moment;
}

/** What a 上申 is about, in one line; of a drill it says that it is one. */
export function upwardSubject({ request, incident, nameOf }: Upward, { t }: Words): string {
  return `${request.drill ? t('app.drillMark') : ''}${t('request.upward.subject', { incident, town: nameOf(request.org), short: sumsOf(request).total.short })}`;
}

/**
 * The words with which a shortfall goes up, ready to be read, changed and sent: to the governor after article 68 of the Basic
 * Act on Disaster Management, or from the prefecture to the nation for the national dispatch of local staff (応急対策職員派遣制度).
 * They say only what is known; what the addressee asks for and nobody has said stands there as not said. (R45)
 */
export function upwardWords(given: Upward, words: Words): string {
  const { request, to, nameOf, by, now } = given;
  const { t, moment } = words;
  const { lines, total } = sumsOf(request);
  const { details, supporters } = request;
  const lacking = lines.filter(({ short }) => short > 0);
  const said = [...new Set([supporters.primary, ...supporters.secondaries, ...Object.values(request.answers).map(({ org }) => org)])].map((org) => {
    const answers = lacking.flatMap(({ line, wave }) => answersTo(request, line.id, wave).filter((answer) => answer.org === org));
    const count = answers.reduce((sum, answer) => sum + standing(answer), 0);
    const considering = answers.reduce((sum, answer) => sum + (answer.considering?.count ?? 0), 0);
    const declined = answers.find((answer) => answer.declined)?.declined;
    const parts = [
      ...(count > 0 ? [t('request.upward.gave', { n: count })] : []),
      ...(considering > 0 ? [t('request.upward.weighs', { n: considering })] : []),
      ...(declined ? [t('request.upward.cannot', { because: [t(`request.because.${declined.reason}`), declined.text].filter(Boolean).join(' ') })] : []),
    ];
    return t('request.upward.item', { what: nameOf(org), says: listed(parts, words) || t('request.upward.silent') });
  });
  const rest = (field: 'damage' | 'reason' | 'place' | 'receiver' | 'neededBy'): string => inWords(field, details[field], words);
  return [
    ...(request.drill ? [t('request.upward.drill'), ''] : []),
    t(`request.upward.addressee.${to}`, { headquarters: nameOf(supporters.headquarters) }),
    t('request.upward.from', { org: nameOf(by.org), who: [by.post, by.name].filter(Boolean).join(' ') }),
    `${dateInWords(now, words)} ${words.time(now)}`,
    '',
    t('request.upward.about', { subject: upwardSubject(given, words) }),
    '',
    t(`request.upward.asks.${to}`, { town: nameOf(request.org), no: request.no, rev: request.rev, short: total.short }),
    '',
    t('request.upward.numbers', { needed: total.needed, committed: total.committed, arrived: total.arrived, short: total.short }),
    ...lacking.map(({ line, needed, committed, short }) => t('request.upward.line', { duty: dutyInWords(line, words), needed, committed, short })),
    t('request.upward.fact', { term: t('request.upward.period'), is: details.startDate ? [details.startDate, details.endDate].flatMap((day) => (day ? [dayInWords(day, words)] : [])).join('〜') : t('request.unset') }),
    t('request.upward.fact', { term: t('request.field.neededBy'), is: details.neededBy === undefined ? t('request.soonest') : rest('neededBy') }),
    t('request.upward.fact', { term: t('request.field.place'), is: rest('place') }),
    t('request.upward.fact', { term: t('request.field.damage'), is: rest('damage') }),
    t('request.upward.fact', { term: t('request.field.reason'), is: rest('reason') }),
    t('request.upward.fact', { term: t('request.field.receiver'), is: rest('receiver') }),
    '',
    t('request.upward.asked', { time: moment(request.at) }),
    ...said,
  ].join('\n');
}
