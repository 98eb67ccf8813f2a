import type { Incident } from '@noroshi/features/incident';
import type { Room } from '@noroshi/features/talk';
import type { Id } from '@noroshi/foundations/kernel';
import type { ComponentChildren } from 'preact';
import type { z } from 'zod/mini';
import type { Target } from '../hold.ts';
import type { kept } from '../questions.ts';

/** What the server knows now: terms, holds, what is due and what went. */
export type Kept = z.output<typeof kept.output>;

/** What a part of the page is handed. */
export interface KeptProps {
  readonly kept: Kept;
  /** Rooms and disasters that this device knows, the newest disaster first. */
  readonly rooms: readonly Room[];
  readonly incidents: readonly Incident[];
  readonly again: () => void;
  readonly nameOf: (person: Id) => string;
  /** @param forAll without a room it is what all inside see */
  readonly call: (target: Target, forAll?: boolean) => ComponentChildren;
}
