import type { Plugin } from 'vite';

/**
 * A device needs of a shape only the names of its fields (see shapes.ts). What each field may hold is judged by the server:
 * its description, a kilobyte and a half before the first talk, does not travel.
 */
export function namesOnly(): Plugin {
  interface Node { readonly type: string; readonly start: number; readonly end: number; readonly [more: string]: unknown }
  const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
  const withFields = /^(object|strictObject|looseObject|extend|omit|pick|partial)$/;
  /** The maker that a shape begins with: `string` of `z.string().check(…)`. */
  const makerOf = (node: Node): string | undefined => {
    const callee = node['callee'] as Node | undefined;
    const of = callee?.['object'] as (Node & { name?: string }) | undefined;
    return node.type !== 'CallExpression' || !of ? undefined : of.name === 'z' ? (callee!['property'] as { name: string }).name : makerOf(of);
  };
  /** What is rewritten in this part of a program: the fields of shapes, and shapes that have none. */
  function* spoken(node: Node): Generator<{ start: number; end: number; name: Node | undefined }> {
    const maker = makerOf(node);
    if (maker && withFields.test(maker)) {
      for (const field of ((node['arguments'] as Node[]).at(-1)?.['properties'] as Node[] | undefined) ?? []) if (field.type === 'Property') yield { start: field.start, end: field.end, name: field['key'] as Node };
      return;
    }
    if (maker) return yield { start: node.start, end: node.end, name: undefined };
    for (const part of Object.values(node)) for (const inner of [part].flat()) if (isNode(inner)) yield* spoken(inner);
  }
  return {
    name: 'names-only',
    apply: 'build',
    enforce: 'post',
    transform(code, id) {
      if (!id.endsWith('.ts') || !code.includes('zod/mini') && !code.includes('/shapes.ts')) return undefined;
      const found = [...spoken(this.parse(code) as unknown as Node)].toSorted((a, b) => b.start - a.start);
      const shortened = (text: string, { start, end, name }: (typeof found)[number]): string => `${text.slice(0, start)}${name ? `${code.slice(name.start, name.end)}: ` : ''}z.any${text.slice(end)}`;
      return found.length === 0 ? undefined : { code: found.reduce(shortened, code), map: null };
    },
  };
}
