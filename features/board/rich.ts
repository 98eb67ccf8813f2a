import * as z from 'zod/mini';

/** So much is written in a notice at most: some four sheets of paper. */
export const longestBody = 8_000;

/** Words of one look. A link leads out of the hotline, by an address that begins with `https:` or `http:` and nothing else. */
export const runShape = z.strictObject({
  text: z.string().check(z.minLength(1), z.maxLength(longestBody)),
  bold: z.optional(z.literal(1)),
  link: z.optional(z.string().check(z.regex(/^https?:\/\/[^\s<>"]+$/), z.maxLength(1_000))),
});
export type Run = Readonly<z.output<typeof runShape>>;

export const blockKinds = ['paragraph', 'heading', 'bullet', 'numbered'] as const;
export const blockShape = z.strictObject({ kind: z.enum(blockKinds), runs: z.array(runShape).check(z.minLength(1), z.maxLength(200)) });
/** A paragraph, a heading, or one item of a list: items behind each other are one list. What is not of these kinds cannot be said. */
export type Block = Readonly<z.output<typeof blockShape>>;

/** How an item of a list begins, as it is written in offices. */
export const bulletMark = '・';
/** How a line begins that is no plain one: as it is written in offices (■, ・), and as it is typed elsewhere (#, -). */
const starts: readonly (readonly [Block['kind'], RegExp])[] = [
  ['heading', /^\s*(?:[#＃]{1,3}[ 　]|[■●◆][ 　]?)(?=\S)/],
  ['bullet', /^\s*(?:[-*＊][ 　]|[・•][ 　]?)(?=\S)/],
  ['numbered', /^\s*[0-9０-９]{1,2}(?:[.．)）][ 　]?)(?![0-9０-９])(?=\S)/],
];

const marks = /\*\*(.+?)\*\*|＊＊(.+?)＊＊|\[([^\]\n]+)\]\((https?:\/\/[^\s<>")]+)\)|(https?:\/\/[^\s<>"'「」（）()、。]+)/g;

/** The words of one line, by their looks. */
function runsOf(line: string): Run[] {
  const runs: Run[] = [];
  let from = 0;
  for (const found of line.matchAll(marks)) {
    if (found.index > from) runs.push({ text: line.slice(from, found.index) });
    const [whole, bold = found[2], , words, link, bare] = found;
    runs.push(bold ? { text: bold, bold: 1 } : { text: words ?? bare!, link: link ?? bare! });
    from = found.index + whole.length;
  }
  return from < line.length ? [...runs, { text: line.slice(from) }] : runs;
}

/**
 * Reads what was typed: `■` or `#` before a heading, `・` or `-` before an item, `1.` before a numbered one, `**` around what
 * matters, `[words](https://…)` or an address alone for a link. An empty line ends a paragraph. Nothing is thrown away: what is no mark is words.
 */
export function readBody(text: string): Block[] {
  const blocks: Block[] = [];
  let open = false;
  for (const line of text.replaceAll('\r', '').split('\n')) {
    const words = line.trimEnd();
    const start = starts.find(([, begins]) => begins.test(words));
    if (start) blocks.push({ kind: start[0], runs: runsOf(words.replace(start[1], '')) });
    else if (words.trim() === '') open = false;
    else if (open) {
      const last = blocks.pop()!;
      blocks.push({ ...last, runs: [...last.runs, ...runsOf(`\n${words}`)] });
    } else blocks.push({ kind: 'paragraph', runs: runsOf(words) });
    open = !start && words.trim() !== '';
  }
  return blocks;
}

/** The same, to be changed: read again it gives the same blocks. */
export function writeBody(blocks: readonly Block[]): string {
  let n = 0;
  return blocks.map(({ kind, runs }, i) => {
    const before = blocks[i - 1]?.kind;
    n = kind === 'numbered' && before === 'numbered' ? n + 1 : 1;
    const words = runs.map(({ text, bold, link }) => (link ? (link === text ? link : `[${text}](${link})`) : bold ? `**${text}**` : text)).join('');
    const line = kind === 'heading' ? `■ ${words}` : kind === 'bullet' ? `${bulletMark}${words}` : kind === 'numbered' ? `${n}. ${words}` : words;
    return i > 0 && (kind !== before || kind === 'paragraph') ? `\n${line}` : line;
  }).join('\n');
}

/** What it says, without its looks. */
export const plainBody = (blocks: readonly Block[]): string => blocks.map(({ runs }) => runs.map(({ text }) => text).join('')).join('\n');
