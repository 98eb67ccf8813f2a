import type { Id } from '@noroshi/foundations/kernel';

/** A name as it is compared: however wide its letters and its spaces are. */
export const plain = (name: string): string => name.normalize('NFKC').replace(/\s/g, '');
/** 渡部 花子（防災局） is 渡部 花子. */
const bare = (name: string): string => plain(name).replace(/[([].*$/, '');

/** Whether a name that stands in a line is that of someone. */
export const isName = (written: string, name: string): boolean => [plain(written), bare(written)].includes(plain(name));

/** 渡部 花子(hanako@pref.example) tells an address too. */
const mailIn = (written: string): string | undefined => /[(（<]([^\s()（）<>]+@[^\s()（）<>]+)[)）>]\s*$/.exec(written)?.[1]?.toLowerCase();

/** Someone here whose name may stand in a line. */
export interface Bearer { readonly id: Id; readonly name: string; readonly email?: string | undefined }

/**
 * Who bears a name: one person alone, or nobody that can be told. Of several who bear it the address tells which; the address alone tells
 * nobody, since that of a desk had another reader then.
 */
export function whoBears(people: readonly Bearer[]): (name: string) => Id | undefined {
  const byName = Map.groupBy(people, ({ name }) => plain(name));
  return (name) => {
    const found = byName.get(plain(name)) ?? byName.get(bare(name)) ?? [];
    if (found.length === 1) return found[0]!.id;
    const mail = mailIn(name);
    const those = mail === undefined ? [] : found.filter(({ email }) => email?.toLowerCase() === mail);
    return those.length === 1 ? those[0]!.id : undefined;
  };
}
