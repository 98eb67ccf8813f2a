/**
 * Readings as one key, so that a name is found however it is typed: 渋谷 by しぶや, ｼﾌﾞﾔ, shibuya (Hepburn) and sibuya (Kunrei),
 * 大野 by ono, ohno, ōno and oono. A key rather says too much than too little: nobody is missed, and a few more are shown.
 */

/** Syllables of kana as Kunrei-shiki writes them; the first letter of a pair that is spoken as one stands with its small one. */
const syllables: ReadonlyMap<string, string> = new Map(
  ('あa いi うu えe おo かka きki くku けke こko がga ぎgi ぐgu げge ごgo さsa しsi すsu せse そso ざza じzi ずzu ぜze ぞzo たta ちti つtu てte とto だda ぢzi づzu でde どdo ' +
    'なna にni ぬnu ねne のno はha ひhi ふhu へhe ほho ばba びbi ぶbu べbe ぼbo ぱpa ぴpi ぷpu ぺpe ぽpo まma みmi むmu めme もmo やya ゆyu よyo らra りri るru れre ろro わwa ゐi ゑe をo んn ゔbu ー ' +
    'うぃwi うぇwe しぇsye ちぇtye じぇzye てぃti でぃzi ふぁha ふぃhi ふぇhe ふぉho ゔぁba ゔぃbi ゔぇbe ゔぉbo ' +
    [...'きkぎgにnひhびbぴpみmりr'.matchAll(/(.)(.)/g)].map(([, kana, letter]) => `${kana}ゃ${letter}ya ${kana}ゅ${letter}yu ${kana}ょ${letter}yo `).join('') +
    'しゃsya しゅsyu しょsyo ちゃtya ちゅtyu ちょtyo じゃzya じゅzyu じょzyo ぢゃzya ぢゅzyu ぢょzyo ぁa ぃi ぅu ぇe ぉo ゃya ゅyu ょyo').split(' ')
    .map((one) => [one.replace(/[a-z]/g, ''), one.replace(/[^a-z]/g, '')]),
);

/** Long vowels as short ones: こうち, kōchi, kouchi and kochi are one. */
const shortened = (latin: string): string => latin.replace(/o[ou]+/g, 'o').replace(/u{2,}/g, 'u').replace(/a{2,}/g, 'a').replace(/i{2,}/g, 'i').replace(/e{2,}/g, 'e').replace(/n{2,}/g, 'n');

/** The key of a reading in hiragana, without spaces. What is no kana is left out. */
export function keyOfKana(kana: string): string {
  let out = '';
  let doubled = false;
  for (let i = 0; i < kana.length; i++) {
    if (kana[i] === 'っ') {
      doubled = true;
      continue;
    }
    const pair = syllables.get(kana.slice(i, i + 2));
    const latin = pair ?? syllables.get(kana[i]!) ?? '';
    if (pair !== undefined) i += 1;
    out += doubled ? `${latin[0] ?? ''}${latin}` : latin;
    doubled = false;
  }
  return shortened(out);
}

/**
 * The keys that Latin letters may mean, also while a syllable is half typed. More than one where its end can be read in two
 * ways: `shim` begins しま and しんばし, `miyad` みやだ and みやづ.
 */
export function keysOfLatin(typed: string): readonly string[] {
  // ō and ô lose their hats; apostrophes and hyphens divide syllables, and so does nothing in a key.
  const letters = typed.normalize('NFKD').toLowerCase().replace(/[^a-z]/g, '');
  const key = shortened(letters
    .replace(/o(h+)(?![aiueoy])/g, 'o')
    .replace(/s+h(?=$)/, 's').replace(/(t?)c+h?(?=$)/, '$1t').replace(/tt?s(?=$)/, (end) => end.slice(0, -1)).replace(/j(?=$)/, 'z').replace(/f(?=$)/, 'h')
    .replace(/shi/g, 'si').replace(/sh/g, 'sy').replace(/(?:tch|cch)i/g, 'tti').replace(/tch|cch/g, 'tty').replace(/chi/g, 'ti').replace(/ch/g, 'ty')
    .replace(/ts/g, 't').replace(/dz/g, 'z').replace(/di/g, 'zi').replace(/du/g, 'zu').replace(/dy/g, 'zy')
    .replace(/ji/g, 'zi').replace(/jy?/g, 'zy').replace(/f/g, 'h').replace(/v/g, 'b').replace(/wo/g, 'o').replace(/l/g, 'r')
    .replace(/m(?=[bmp])/g, 'n'));
  const other = { m: 'n', d: 'z' }[key.at(-1) ?? ''];
  return other ? [key, `${key.slice(0, -1)}${other}`] : [key];
}
