import type { Key, Words } from '@noroshi/foundations/i18n';
import type { Moment } from '@noroshi/foundations/kernel';
import type { Found } from './findings.ts';
import type { PartnerProof } from './partners.ts';
import type { Verdict } from './verify.ts';

/** What a check came to, in sentences. */
export interface Said {
  readonly good: boolean;
  readonly title: string;
  /** What is wrong, where; and what stands above it. */
  readonly found: readonly string[];
  readonly head: string;
  /** What is proven. */
  readonly proven: readonly string[];
  /** What is not, and how one would know. */
  readonly open: readonly string[];
}

/** What is no other record than it was, but none that could be looked at. */
const unreadable: ReadonlySet<string> = new Set(['cut', 'noZip', 'noExport', 'otherForm']);

/** At the prefecture's clock, to the thousandth: a forged second is one. */
const clock = (at: Moment): string => `${new Date(at + 9 * 3_600_000).toISOString().slice(0, 23).replace('T', ' ')}`;
/** Of these parameters those that are times. */
const times: ReadonlySet<string> = new Set(['at', 'signed']);

/** What is proven of what came from another deployment, and what is not. */
const ofPartner = ({ name, n, open, early, absent, isWhole, numbers, house, elsewhere, roomless }: PartnerProof, t: Words['t']): readonly string[] => [
  t('record.proven.partner', { name, n, numbers: numbers.join(' ') }),
  t(isWhole ? 'record.proven.partnerWhole' : 'record.proven.partnerPart', { name }),
  ...(house ? [t('record.proven.partnerHouse', { name, house: house.name, numbers: house.numbers.join(' ') })] : []),
  ...(elsewhere > 0 ? [t('record.proven.partnerElsewhere', { name, n: elsewhere })] : []),
  ...(roomless > 0 ? [t('record.proven.partnerRoomless', { name, n: roomless })] : []),
  ...(open > 0 ? [t('record.proven.partnerOpen', { name, n: open })] : []),
  ...(absent > 0 ? [t('record.proven.partnerAbsent', { name, n: absent })] : []),
  ...(early > 0 ? [t('record.proven.partnerEarly', { name, n: early })] : []),
];

/** A verdict in words. */
export function says({ found, more, rooms, proven }: Verdict, { t }: Words): Said {
  const one = ({ code, line, params }: Found): string => {
    const told = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, times.has(name) || (code === 'lineTime' && name === 'said') ? clock(value as Moment) : name === 'stream' ? (rooms[value as string] ?? value) : value]));
    return t(`record.found.${code}` as Key, { ...told, ...(line === undefined ? {} : { line }) });
  };
  const list = [...found.map(one), ...(more > 0 ? [t('record.foundMore', { n: more })] : [])];
  if (found.length > 0 && found.every(({ code }) => unreadable.has(code))) return { good: false, title: t('record.cannot'), head: t('record.cli.why'), found: list, proven: [], open: [] };
  const head = t('record.cli.found');
  if (!proven) return { good: false, title: t('record.bad', { n: found.length + more }), head, found: list, proven: [], open: [] };
  const { events, audit, hidden, withheld, attachments, missing, partners, first, last, at, size, keys, signed, kept, stamped, drill } = proven;
  return {
    good: true, title: t('record.good'), head, found: [],
    proven: [
      ...(drill ? [t('record.proven.drill')] : []),
      t('record.proven.events', { n: events, at: clock(at), size }),
      ...(first !== undefined && last !== undefined ? [t('record.proven.time', { first: clock(first), last: clock(last) })] : []),
      ...(audit === undefined ? [] : [t('record.proven.audit', { n: audit })]),
      ...(hidden > 0 ? [t('record.proven.hidden', { n: hidden })] : []),
      ...(withheld > 0 ? [t('record.proven.withheld', { n: withheld })] : []),
      ...(attachments > 0 ? [t('record.proven.attachments', { n: attachments })] : []),
      ...(missing > 0 ? [t('record.proven.missing', { n: missing })] : []),
      ...partners.flatMap((one) => ofPartner(one, t)),
      ...(kept ? [t('record.proven.kept', { n: kept })] : []),
      ...(stamped && stamped.n > 0 ? [t('record.proven.stamped', { n: stamped.n, at: clock(stamped.at) })] : []),
    ],
    open: [
      ...(signed === undefined ? [t('record.open.signature')] : []),
      t('record.open.key', { keys: keys.join(' / ') }),
      ...(kept === undefined ? [t('record.open.kept')] : []),
      t(stamped && stamped.n > 0 ? 'record.open.stamp' : 'record.open.clock'),
      t('record.open.names'),
    ],
  };
}
