import type { Organization } from './organization.ts';
import type { Person } from './person.ts';
import { wordsIn } from './cells.ts';
import type { CsvRow } from './csv.ts';
import { fieldOf, type ImportField } from './import-columns.ts';

/**
 * Tables of members as other groupware writes them, which nobody should have to rewrite: 姓 beside 名前, an ID of their own, an organization as the
 * way down to a section, several organizations for one person.
 */

/** How those tools write the ID by which one signs in there. Ours is longer, and has its own shape. */
const foreignId = /^[a-z0-9._-]{2,40}(@\S+)?$/i;
const ownId = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** What each column of a table tells. @param body the rows below the heads */
export function fieldsIn(heads: readonly string[], body: readonly CsvRow[]): (ImportField | undefined)[] {
  const told = heads.map(fieldOf);
  const [id, firstOrg, firstTitle] = [told.indexOf('id'), told.indexOf('org'), told.indexOf('title')];
  const ids = id < 0 ? [] : body.map(({ cells }) => wordsIn(cells[id] ?? '')).filter(Boolean);
  const isForeign = ids.length > 0 && ids.every((one) => foreignId.test(one) && !ownId.test(one));
  // What may be done there says nothing of what may be done here.
  const isTheirs = isForeign || told.includes('state') || (told.includes('name') && told.includes('family') && !told.includes('given'));
  return told.map((field, i) => {
    if (field === 'role' && isTheirs) return undefined;
    if (field === 'name' && told.includes('family') && !told.includes('given')) return 'given';
    if (field === 'id' && isForeign) return undefined;
    // 組織2, 役職2: a person is of one organization here, the first that is told.
    if ((field === 'org' && i !== firstOrg) || (field === 'title' && i !== firstTitle)) return /\d$/.test(wordsIn(heads[i]!)) ? undefined : field;
    return field;
  });
}

/** The organizations that someone means by a word: their name, its short form or reading, or their code. By no word nobody is meant: a reading that nobody entered is empty too. */
export const called = (organizations: readonly Organization[], word: string): Organization[] =>
  word === '' ? [] : organizations.filter((one) => [one.name, one.short, one.kana, one.romaji.toLowerCase(), one.code].includes(/^[a-z]+$/i.test(word) ? word.toLowerCase() : word));

const several = /[\n,;；、]/;
const wayDown = /[>＞/／|｜\\→]/;

/**
 * The organization in a cell that tells a way down (県>西予市>総務課) or several of them: of the first in which one of ours stands the
 * deepest. Nothing where none does.
 */
export function organizationIn(organizations: readonly Organization[], cell: string): Organization | undefined {
  for (const way of cell.split(several)) {
    const steps = way.split(wayDown).map(wordsIn).filter(Boolean).map((step) => called(organizations, step));
    const found = steps.findLast((step) => step.length === 1)?.[0];
    if (found) return found;
  }
  return undefined;
}

/** The account is not in use there: closed, or taken away. Who waits for their first sign-in is. */
export const isNotInUse = (state: string): boolean => /停止|休止|削除|退職|無効|suspended|deleted|inactive|disabled/i.test(state);

/** Who is here, in an organization of which a table tells, and does not stand in it. Nobody is taken away for that. */
export const missingFrom = (people: readonly Person[], orgs: ReadonlySet<string>, named: ReadonlySet<string>): Person[] =>
  people.filter((one) => !one.disabled && one.role !== 'guest' && orgs.has(one.org) && !named.has(one.id));
