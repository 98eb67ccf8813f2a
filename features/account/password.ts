import { allowed, refused, type Verdict } from '@noroshi/foundations/kernel';
import { door } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';

/** Characters. Length is what makes a password hard to guess (NIST SP 800-63B §5.1.1); there is no rule of composition. */
export const shortestPassword = 10;
export const longestPassword = 200;

/** A password that is to be set. Whether it can be guessed is judged apart, with what is known of its owner. */
export const newPasswordShape = z.string().check(z.minLength(shortestPassword), z.maxLength(longestPassword));

/** A password as it is hashed: the same whichever keyboard composed its characters (NIST SP 800-63B §5.1.1.2). */
export const passwordForm = (typed: string): string => typed.normalize('NFKC');

export const changePassword = door('account.changePassword', {
  about: 'Sets or changes this person’s password. Who has one gives it. With endOthers, all other devices are signed out.',
  input: z.strictObject({
    current: z.optional(z.string().check(z.minLength(1), z.maxLength(longestPassword))),
    password: newPasswordShape,
    endOthers: z.boolean(),
  }),
  output: z.strictObject({}),
  signedIn: true,
});

/** What guessing programs try first, as published counts of leaked passwords agree on, and what lies near for this house. */
const common = `password passwort passw pass admin administrator root user guest login welcome letmein master secret default
  changeme test demo temp hello iloveyou love princess dragon monkey sunshine shadow football baseball basketball soccer
  superman batman pokemon naruto charlie michael jordan ashley jessica thomas daniel andrew joshua hunter ranger buster
  killer summer winter spring autumn january february march april june july august september october november december
  monday friday sunday flower cookie cheese chocolate computer internet google apple samsung windows microsoft android
  iphone qwerty azerty asdf zxcv qazwsx abc trustno access freedom whatever starwars matrix blink mustang harley
  japan nippon nihon tokyo osaka kyoto hiroshima ehime shikoku matsuyama imabari uwajima yawatahama niihama saijo ozu iyo
  seiyo toon kamijima kumakogen masaki tobe uchiko ikata matsuno kihoku ainan kenchou shiyakusho yakuba kokumin
  bousai saigai kinkyu noroshi hotline disaster emergency taisaku honbu shokuin soumu jinji kikikanri
  sakura himawari tanpopo momiji fuji yama kawa umi sora hoshi tsuki hana haruka yuki natsu haru aki fuyu
  hanako taro tarou jiro ichiro takashi hiroshi kenji yuuki daisuke akira makoto tanaka suzuki sato satou takahashi
  watanabe ito yamamoto nakamura kobayashi kato yoshida yamada sasaki doraemon pikachu totoro mikan botchan
  arigato konnichiwa ohayou aishiteru himitsu pasuwado`.split(/\s+/);

const rows = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'qazwsxedcrfvtgbyhnujmikolp', '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p'];
const runs = [...rows, ...rows.map((row) => [...row].toReversed().join(''))];

/** So many independent pieces a password must have: eight random letters, or as much. */
const fewestPieces = 8;

/**
 * Judges a password that is to be set. Counts into how few pieces a guessing program could take it apart, where a
 * common word, a name of its owner, a run on the keyboard, a year and a repetition are one piece each.
 * @param own words that are known of its owner: login, name, organization
 */
export function judgePassword(typed: string, own: readonly string[]): Verdict {
  const password = passwordForm(typed).toLowerCase();
  const words = [...common, ...own.flatMap((word) => passwordForm(word).toLowerCase().split(/[\s@._+-]+/)).filter((word) => [...word].length >= 2)];
  const readings = [password, unmasked(password, 'i'), unmasked(password, 'l')];
  return Math.min(...readings.map((reading) => pieces(reading, words))) >= fewestPieces ? allowed : refused('account.passwordGuessable');
}

/** Digits and signs that stand for letters, read as letters. */
function unmasked(password: string, one: 'i' | 'l'): string {
  const letters: Readonly<Record<string, string>> = { '0': 'o', '1': one, '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's', '!': one };
  return [...password].map((c) => letters[c] ?? c).join('');
}

/** The fewest pieces that a password falls into. */
function pieces(password: string, words: readonly string[]): number {
  const fewest = [0];
  for (let end = 1; end <= password.length; end++) fewest.push(end);
  for (let at = 0; at < password.length; at++) {
    const here = fewest[at]! + 1;
    for (const length of knownFrom(password, at, words)) {
      for (let end = at + 1; end <= at + length; end++) fewest[end] = Math.min(fewest[end]!, here);
    }
    fewest[at + 1] = Math.min(fewest[at + 1]!, here);
  }
  return fewest[password.length]!;
}

/** Lengths of what a guessing program would know, beginning at a place. */
function* knownFrom(password: string, at: number, words: readonly string[]): Generator<number> {
  for (const word of words) if (password.startsWith(word, at)) yield word.length;
  for (const run of runs) {
    const from = run.indexOf(password[at]!);
    let length = 1;
    while (from >= 0 && from + length < run.length && password[at + length] === run[from + length]) length++;
    if (length >= 3) yield length;
  }
  const year = /^(19|20)\d\d([01]\d[0-3]\d)?/.exec(password.slice(at, at + 8));
  if (year) yield year[0].length;
  for (let back = 1; back <= Math.min(at, 8); back++) {
    let length = 0;
    while (at + length < password.length && password[at + length] === password[at + length - back]) length++;
    if (length >= 2) yield length;
  }
}
