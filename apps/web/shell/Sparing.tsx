import { congestion, theCongestion, type Congestion } from '@noroshi/features/congestion';
import { LowDataContext, useLine, useLive, useStair, type LowDataWhy } from '@noroshi/foundations/web';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { useSettings } from './settings-context.ts';

/** Puts this device into low data: where the prefecture asks everyone, where someone has chosen it here, and where the line is bad. */
export function Sparing({ children }: { children: ComponentChildren }) {
  const stair = useStair();
  const { bad } = useLine();
  const { settings: { data }, change } = useSettings();
  const ordered = useLive(async ({ replica }) => (await replica.get<Congestion>(congestion.noun, theCongestion().id))?.on);
  // Turned off on a bad line: until that is good, and becomes bad again.
  const [declined, decline] = useState(false);
  useEffect(() => { if (!bad) decline(false); }, [bad]);
  const why: LowDataWhy | undefined = ordered ? 'ordered' : data === 'low' ? 'chosen' : bad && data === 'auto' && !declined ? 'line' : undefined;
  useEffect(() => stair.spare(why !== undefined), [stair, why]);
  const low = useMemo(() => ({ why, turnOff: () => (why === 'line' ? decline(true) : change({ data: 'auto' })) }), [why]);
  return <LowDataContext.Provider value={low}>{children}</LowDataContext.Provider>;
}
