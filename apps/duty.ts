import { duty } from '@noroshi/features/rota';
import type { Duty } from '@noroshi/foundations/duty';

/** What says who holds the line in this house. */
export const duties: readonly Duty[] = [duty];
