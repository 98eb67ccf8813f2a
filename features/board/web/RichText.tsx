import type { ComponentChildren } from 'preact';
import type { Block } from '../rich.ts';

type Group = { readonly kind: Block['kind']; readonly blocks: readonly Block[] };

/** Items behind each other are one list. */
function grouped(blocks: readonly Block[]): Group[] {
  const groups: { kind: Block['kind']; blocks: Block[] }[] = [];
  for (const block of blocks) {
    const last = groups.at(-1);
    if (last?.kind === block.kind && (block.kind === 'bullet' || block.kind === 'numbered')) last.blocks.push(block);
    else groups.push({ kind: block.kind, blocks: [block] });
  }
  return groups;
}

const words = ({ runs }: Block): ComponentChildren => runs.map(({ text, bold, link }, i) => {
  if (link) return <a key={i} class={link === text ? 'link' : 'link told'} href={link} target="_blank" rel="noopener noreferrer">{text}</a>;
  return bold ? <strong key={i}>{text}</strong> : text;
});

/** What a notice says. It is made of elements, one for each part of the data: no text is ever taken for a document. */
export const RichText = ({ body }: { body: readonly Block[] }) => (
  <div class="rich">
    {grouped(body).map(({ kind, blocks }, i) => {
      const items = blocks.map((block, n) => <li key={n}>{words(block)}</li>);
      if (kind === 'bullet') return <ul key={i}>{items}</ul>;
      if (kind === 'numbered') return <ol key={i}>{items}</ol>;
      return kind === 'heading' ? <h3 key={i}>{words(blocks[0]!)}</h3> : <p key={i}>{words(blocks[0]!)}</p>;
    })}
  </div>
);
