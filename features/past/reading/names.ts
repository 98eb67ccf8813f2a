import type { Id } from '@noroshi/foundations/kernel';

/** A name as it is compared: however wide its letters and its spaces are. */
export const plain = (name: string): string => name.normalize('NFKC').replace(/\s/g, '');
/** 渡部 花子（防災局） is 渡部 花子. */
const bare = (name: string): string => plain(name).replace(/[([].*$/, '');

/** Whether a name that stands in a line is that of someone. */
export const isName = (written: string, name: string): boolean => [plain(written), bare(written)].includes(plain(name));

/** Who bears a name: one person alone, or nobody that can be told. */
export function whoBears(people: readonly { readonly id: Id; readonly name: string }[]): (name: string) => Id | undefined {
  const byName = Map.groupBy(people, ({ name }) => plain(name));
  return (name) => {
    const found = byName.get(plain(name)) ?? byName.get(bare(name));
    return found?.length === 1 ? found[0]!.id : undefined;
  };
}
