import { measuredChase } from '@noroshi/features/chase/measured';
import { measuredChronology } from '@noroshi/features/chronology/measured';
import { measuredDamage } from '@noroshi/features/damage/measured';
import { measuredRequest } from '@noroshi/features/request/measured';
import { measuredTalk } from '@noroshi/features/talk/measured';
import type { Measured } from '@noroshi/foundations/measured';

/** All that a drill is measured by. */
export const measured: readonly Measured[] = [measuredTalk, measuredRequest, measuredDamage, measuredChronology, measuredChase];
