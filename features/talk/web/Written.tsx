import type { ComponentChildren } from 'preact';

/** Addresses, and telephone numbers as they are written in Japan: with hyphens, or a mobile one without. */
const links = /(https?:\/\/[^\s<>「」、。（）]+)|(?<![\d０-９-])(?:[0０][\d０-９]{1,4}[-‐－−][\d０-９]{1,4}[-‐－−][\d０-９]{3,4}|0[5789]0\d{8})(?![\d０-９])/g;

/** What can be pressed in a text: where it stands, how it is written, and where it leads. */
export const linksIn = (text: string): { index: number; said: string; href: string }[] => [...text.matchAll(links)].map(({ 0: said, 1: address, index }) => (
  { index, said, href: address ?? `tel:${said.normalize('NFKC').replaceAll(/\D/g, '')}` }
));

/** Words as they were written: addresses open, numbers call, and who was named stands out. */
export function Written({ text, named }: { text: string; named: readonly string[] }) {
  const parts: ComponentChildren[] = [];
  let at = 0;
  for (const { index, said, href } of linksIn(text)) {
    parts.push(...emphasised(text.slice(at, index), named));
    parts.push(href === said ? <a class="link" href={href} target="_blank" rel="noreferrer">{said}</a> : <a class="link" href={href}>{said}</a>);
    at = index + said.length;
  }
  parts.push(...emphasised(text.slice(at), named));
  return <>{parts}</>;
}

function emphasised(text: string, named: readonly string[]): ComponentChildren[] {
  const parts: ComponentChildren[] = [];
  let rest = text;
  while (rest && named.length > 0) {
    const first = named.map((name) => [rest.indexOf(name), name] as const).filter(([i]) => i >= 0).sort((a, b) => a[0] - b[0] || b[1].length - a[1].length)[0];
    if (!first) break;
    parts.push(rest.slice(0, first[0]), <b>{first[1]}</b>);
    rest = rest.slice(first[0] + first[1].length);
  }
  return [...parts, rest];
}
