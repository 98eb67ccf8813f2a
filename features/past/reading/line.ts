import type { Moment } from '@noroshi/foundations/kernel';
import { longest, type LineKind } from '../line-kinds.ts';

/** One thing that was said, as it was read from a file. */
export interface ReadLine {
  /** Where it began in the file; lines are counted from 1. */
  readonly n: number;
  readonly at: Moment;
  /** The author's name as it is written there; empty where the tool itself says it. */
  readonly who: string;
  readonly kind: LineKind;
  readonly text: string;
  /** Of a notice. */
  readonly title?: string;
  /** What was written below a notice, as it is written there. */
  readonly comments?: string;
  /** The room or board, where the file tells of several. */
  readonly room?: string;
}

/** Why a line of the file is not taken. */
export const leftReasons = ['head', 'noTime', 'future', 'noDay', 'noOne', 'empty', 'tooLong', 'otherRoom', 'here', 'takenOut', 'stray', 'letters', 'brokenOff'] as const;
/** What of a line that is taken is not as in the other tool. */
export const partlyReasons = ['nameOnly', 'continued', 'quoteOpen', 'attachment'] as const;
export type Why = (typeof leftReasons)[number] | (typeof partlyReasons)[number];

/** Something to be said of a line: where it began, how many lines of the file it takes, why, and how it begins. */
export interface Remark { readonly n: number; readonly span: number; readonly why: Why; readonly says: string }

/** What a file came to. Each of its lines is taken, left, or holds the others together (a day, an empty line, the head of a table). */
export interface ReadFile {
  readonly source: 'talk' | 'board';
  readonly lines: readonly ReadLine[];
  readonly left: readonly Remark[];
  readonly partly: readonly Remark[];
  /** So many lines of the file were taken, are days and empty lines, and are all. */
  readonly taken: number;
  readonly between: number;
  readonly total: number;
  /** Of which rooms or boards it tells, with how much. None where it does not say. */
  readonly rooms: ReadonlyMap<string, number>;
  /** Who speaks first in a room that has a number for its name: `fewNames`, and one more where there are more. */
  readonly whoIn: ReadonlyMap<string, ReadonlySet<string>>;
}

/** By so many names a room is known that has none; one more is kept, which tells whether there are others. */
export const fewNames = 3;

/** How much of a line a remark shows. */
export const beginning = (text: string): string => [...text.trim().replace(/\s+/g, ' ')].slice(0, 40).join('');

const named: readonly (readonly [RegExp, LineKind])[] = [
  [/^(スタンプ|sticker)$/i, 'sticker'], [/^(写真|画像|photo|image|picture)$/i, 'photo'], [/^(動画|ビデオ|video)$/i, 'video'],
  [/^(ファイル|添付ファイル|file)$/i, 'file'], [/^(音声|ボイスメッセージ|ボイス|voice|voice message|audio)$/i, 'voice'], [/^(アルバム|ノート|album|notes?)$/i, 'album'],
  [/^(位置情報|地図|location)$/i, 'place'], [/^(テキスト|メッセージ|text|message|トーク)$/i, 'text'], [/^(システム|通知|入退室|system|notice)$/i, 'note'],
];

/** The kind that a word means, such as of a column 種類. */
export const kindNamed = (word: string): LineKind | undefined => named.find(([pattern]) => pattern.test(word.normalize('NFKC').trim()))?.[1];

/** `(写真) image.png`: so a log for auditors names what it has no bytes of. */
const withName = /^[(（](.+?)[)）]\s*\S+\.[a-z0-9]{2,5}$/i;

/** What a text is: `[スタンプ]` stands for one that is not in the file; anything else is words. */
export function kindOf(text: string): LineKind {
  const inside = /^[[［](.+?)[\]］](?:\s.*)?$/s.exec(text.trim()) ?? withName.exec(text.trim());
  const kind = inside && kindNamed(inside[1]!);
  return kind && kind !== 'text' && kind !== 'note' ? kind : 'text';
}

/** Whether the file has only the name of it. */
export const isNameOnly = (kind: LineKind): boolean => kind !== 'text' && kind !== 'note' && kind !== 'post';

/** What no table can hold. */
const isWrong = (text: string): boolean => text.includes('\0') || !text.isWellFormed();

/** Why something that was read cannot be taken, or nothing. @param now what is told for later than that was not said yet */
export function unfit({ at, who, kind, text, title = '', comments = '' }: Omit<ReadLine, 'n'>, now: Moment): Why | undefined {
  if (at > now) return 'future';
  if (!who && kind !== 'note') return 'noOne';
  if (!text && !title && !comments) return 'empty';
  if ([text, who, title, comments].some(isWrong)) return 'letters';
  return text.length > longest.text || comments.length > longest.text || who.length > longest.who || title.length > longest.title ? 'tooLong' : undefined;
}
