import { chaseTells } from '@noroshi/features/chase/chronicled';
import { damageTells } from '@noroshi/features/damage/chronicled';
import { incidentTells } from '@noroshi/features/incident/chronicled';
import { requestTells } from '@noroshi/features/request/chronicled';
import type { Tells } from '@noroshi/foundations/chronicled';

/** What tells the chronology of itself in this house. */
export const chronicled: readonly Tells[] = [incidentTells, requestTells, damageTells, chaseTells];
