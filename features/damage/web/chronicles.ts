import type { Chronicled } from '@noroshi/foundations/chronicled';
import type { LowerEnd, Watched } from '@noroshi/foundations/sync/web';
import { damageChronicled } from '../chronicled.ts';
import { damageSheet, type DamageSheet } from '../sheet.ts';

/** The damage reports of an incident. */
export const chronicles = (stair: LowerEnd, incident: string): Watched<readonly Chronicled[]> =>
  stair.together(`damage/chronicles/${incident}`, async () => (await stair.replica.all<DamageSheet>(damageSheet.noun)).flatMap(({ value }) => (value.incident === incident ? damageChronicled(value) : [])));
