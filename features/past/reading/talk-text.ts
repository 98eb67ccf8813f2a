import type { Moment } from '@noroshi/foundations/kernel';
import { beginning, isNameOnly, kindOf, unfit, type ReadFile, type ReadLine, type Remark, type Why } from './line.ts';
import { clockIn, dayIn, isDay, momentOf, type Day } from './times.ts';

/** A text in quotation marks ends within so many lines; a mark that stands open does not swallow the rest of the file. */
const longestQuote = 2_000;

/** `09:03<TAB>name<TAB>words`, or `09:03<TAB>what the tool says`. */
const saidLine = /^\s*((?:午前|午後|上午|下午|오전|오후|AM|PM)?\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?\s*(?:AM|PM)?)\t(.*)$/i;

/** Whether a quotation that this text opens is closed at its end. Within it a mark is written twice. */
function closes(text: string): boolean {
  const marks = text.length - text.replaceAll('"', '').length;
  return text.length > 1 && text.endsWith('"') && marks % 2 === 0;
}

/** Where a text that opens a quotation ends, or nothing where it is not closed. */
function endOfQuote(lines: readonly string[], first: string, at: number): { readonly text: string; readonly next: number } | undefined {
  let text = first;
  for (let next = at + 1; ; next++) {
    if (closes(text)) return { text: text.slice(1, -1).replaceAll('""', '"'), next };
    if (next >= lines.length || next - at > longestQuote) return undefined;
    text += `\n${lines[next]!}`;
  }
}

/** Whether something new begins with a line. */
const begins = (line: string): boolean => saidLine.test(line) || isDay(line);

/**
 * Reads a talk that was saved as text: a day, and below it lines of time, name and words, set apart by tabs. Words over several
 * lines stand in quotation marks; lines that begin nothing new belong to what stands before them, and are told.
 * @param now what is told for later than that is left
 */
export function readTalkText(text: string, now: Moment): ReadFile {
  const all = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  if (all.at(-1) === '') all.pop();
  const lines: ReadLine[] = [];
  const left: Remark[] = [];
  const partly: Remark[] = [];
  let [taken, between] = [0, 0];
  let day: Day | undefined;
  let dayWrong = false;
  const leave = (i: number, span: number, why: Why): void => void left.push({ n: i + 1, span, why, says: beginning(all[i]!) });

  for (let i = 0; i < all.length;) {
    const line = all[i]!;
    if (line.trim() === '') {
      between += 1;
      i += 1;
      continue;
    }
    if (isDay(line)) {
      day = dayIn(line);
      dayWrong = !day;
      if (day) between += 1;
      else leave(i, 1, 'noTime');
      i += 1;
      continue;
    }
    const found = saidLine.exec(line);
    if (!found) {
      // Before the first day stands what the tool says of the file.
      leave(i, 1, day || dayWrong || lines.length > 0 ? 'stray' : 'head');
      i += 1;
      continue;
    }
    const one = bodyAt(all, i, found[2]!);
    const { span } = one;
    const remark = (why: Why): void => void partly.push({ n: i + 1, span, why, says: beginning(one.text || one.who) });
    const clock = clockIn(found[1]!);
    const read = day && clock ? { at: momentOf(day, clock), who: one.who, kind: one.who ? kindOf(one.text) : 'note' as const, text: one.text } : undefined;
    const why = !clock ? 'noTime' : !day ? (dayWrong ? 'noTime' : 'noDay') : unfit(read!, now);
    if (why) leave(i, span, why);
    else {
      lines.push({ n: i + 1, ...read! });
      taken += span;
      if (isNameOnly(read!.kind)) remark('nameOnly');
      if (one.continued) remark('continued');
      if (one.open) remark('quoteOpen');
    }
    i += span;
  }
  return { source: 'talk', lines, left, partly, taken, between, total: all.length, rooms: new Map(), whoIn: new Map() };
}

/** Who said what in a line, and in those that belong to it. */
function bodyAt(all: readonly string[], i: number, rest: string): { who: string; text: string; span: number; continued: boolean; open: boolean } {
  const tab = rest.indexOf('\t');
  const who = tab < 0 ? '' : rest.slice(0, tab).trim();
  const first = tab < 0 ? rest : rest.slice(tab + 1);
  const opens = first.startsWith('"');
  const quoted = opens ? endOfQuote(all, first, i) : undefined;
  // What is quoted ends where the next line begins something new, or the file ends. Otherwise the mark was one of the words.
  if (quoted && (quoted.next >= all.length || all[quoted.next]!.trim() === '' || begins(all[quoted.next]!))) return { who, text: quoted.text.trim(), span: quoted.next - i, continued: false, open: false };
  let next = i + 1;
  while (next < all.length && !begins(all[next]!)) next += 1;
  while (next > i + 1 && all[next - 1]!.trim() === '') next -= 1;
  return { who, text: [first, ...all.slice(i + 1, next)].join('\n').trim(), span: next - i, continued: next > i + 1, open: opens && !closes(first) };
}
