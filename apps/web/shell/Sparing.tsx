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
  // Until something is here to be read, the line has better to do than to fetch what tells that it is bad.
  const isWhole = useLive(({ replica }) => replica.isWhole());
  // Turned off on a bad line: until that is good, and becomes bad again.
  const [declined, decline] = useState(false);
  useEffect(() => { if (!bad) decline(false); }, [bad]);
  const why: LowDataWhy | undefined = ordered ? 'ordered' : data === 'low' ? 'chosen' : bad && isWhole && data === 'auto' && !declined ? 'line' : undefined;
  useEffect(() => stair.spare(why !== undefined), [stair, why]);
  const low = useMemo(() => ({ why, turnOff: () => (why === 'line' ? decline(true) : change({ data: 'auto' })) }), [why]);
  return <LowDataContext.Provider value={low}>{children}</LowDataContext.Provider>;
}
