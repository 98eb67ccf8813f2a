import type { ContactKind, Line } from '../contact.ts';

/** What a telephone is, in the words of vCard (RFC 2426, 3.3.1; RFC 6350, 6.4.1). What vCard has no word for bears one of ours. */
export const lineTypes: Readonly<Record<Line['kind'], readonly string[]>> = {
  office: ['work', 'voice'], direct: ['work', 'voice', 'x-direct'], night: ['work', 'voice', 'x-night'], mobile: ['cell'], satellite: ['voice', 'x-satellite'], fax: ['work', 'fax'],
};

/** The same read back, and from what other programs write. */
export function lineKindOf(types: ReadonlySet<string>): Line['kind'] {
  if (types.has('fax')) return 'fax';
  if (types.has('x-satellite') || types.has('sat')) return 'satellite';
  if (types.has('x-night')) return 'night';
  if (types.has('cell') || types.has('iphone') || types.has('mobile') || types.has('pcs')) return 'mobile';
  return types.has('x-direct') ? 'direct' : 'office';
}

const signs: readonly (readonly [ContactKind, RegExp])[] = [
  ['defence', /自衛隊|駐屯地|海上自衛|航空自衛/],
  ['hospital', /病院|医院|医療センター|診療所|医師会|クリニック/],
  ['rescue', /警察|消防|海上保安/],
  ['utility', /電力|送配電|ガス|水道|通信|電話|NTT|ドコモ|ソフトバンク|KDDI/i],
  ['transport', /鉄道|空港|港湾|バス|フェリー|高速道路|NEXCO/i],
  ['ministry', /[省庁]$|[省庁]\s|気象台|整備局|国道事務所|農政局|運輸局|経済産業局/],
  ['prefecture', /^(東京都|北海道|(?:京都|大阪)府|..?.?県)(\s|$|危機|防災|庁|災害)/],
];
/** What kind of body a name tells of; `other` where it tells nothing. It is shown before anything goes in. */
export const kindByName = (name: string): ContactKind => signs.find(([, sign]) => sign.test(name))?.[0] ?? 'other';
