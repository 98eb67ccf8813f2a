import { useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { linksIn, Written } from './Written.tsx';

/** About so many lines of a phone stand in the talk before one asks for the rest. */
const mostLines = 15;
const perLine = 20;

/** Where a long text is cut, so that who scrolls past it need not scroll past ten screens; its length where it is not long. */
export function foldAt(text: string): number {
  let lines = 0;
  let at = 0;
  for (const line of text.split('\n')) {
    const tall = Math.max(1, Math.ceil(line.length / perLine));
    if (lines + tall > mostLines) {
      at += (mostLines - lines) * perLine;
      // A few lines more are no reason to fold.
      if (text.length - at < 3 * perLine && !text.slice(at).includes('\n')) return text.length;
      // Half an address leads astray, half a character is none.
      const inside = linksIn(text).find(({ index, said }) => index < at && at < index + said.length);
      if (inside) return inside.index;
      return text.codePointAt(at - 1)! > 0xffff ? at - 1 : at;
    }
    lines += tall;
    at += line.length + 1;
  }
  return text.length;
}

/** A long text: its beginning, and the rest when one asks. Until then its end was not shown, so it is not read. */
export function LongWords({ text, named }: { text: string; named: readonly string[] }) {
  const { t } = useWords();
  const [whole, show] = useState(false);
  const cut = foldAt(text);
  if (whole || cut >= text.length) return <Written text={text} named={named} />;
  return <><Written text={text.slice(0, cut)} named={named} />…<br /><button type="button" class="link unshown" onClick={() => show(true)}>{t('talk.readOn', { n: text.length })}</button></>;
}
