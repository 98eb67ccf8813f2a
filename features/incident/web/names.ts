import { nameIn, type Organization } from '@noroshi/features/directory';
import { beside, type Language } from '@noroshi/foundations/i18n';
import type { Id } from '@noroshi/foundations/kernel';

/** Whom the names are looked up among. */
interface Named { readonly organizations: readonly Organization[] }

/** An organization's name, in the reader's letters. */
export function nameOf(known: Named, id: Id, language: Language): string {
  return nameIn(known.organizations.find((o) => o.id === id), language);
}

/** Several names in one line. */
export const namesOf = (known: Named, ids: readonly Id[], language: Language): string =>
  beside(ids.map((id) => nameOf(known, id, language)), { language });
