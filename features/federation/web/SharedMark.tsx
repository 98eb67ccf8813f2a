import type { StreamKey } from '@noroshi/foundations/sync';
import { IconLine } from '@noroshi/foundations/ui';
import { useLive, useSheet, useWatched, useWords } from '@noroshi/foundations/web';
import type { ComponentType } from 'preact';
import type { Sharing } from '../share.ts';

interface Place { readonly room: string }
/** What is drawn of a shared room, where it is one. */
export interface MarkProps { readonly on: Sharing; readonly at: 'head' | 'above' }

/** 共有中, in the head of a talk and above the words that one writes: it says in one read whether there is anything to draw, and fetches the rest only then. */
export function sharedMarks(load: () => Promise<{ Shared: ComponentType<MarkProps> }>): Record<'Head' | 'Above', ComponentType<Place>> {
  const part = async () => ({ default: (await load()).Shared });
  const mark = (at: MarkProps['at']): ComponentType<Place> => function SharedMark({ room }) {
    const on = useLive(async ({ replica }) => (await replica.get<Sharing>('sharing', room)) ?? null, [room]);
    const Shared = useSheet(on ? part : undefined);
    return on && Shared ? <Shared on={on} at={at} /> : null;
  };
  return { Head: mark('head'), Above: mark('above') };
}

/** 未着, beside each message that the other house does not have yet: it follows from the one number that the room knows. */
export function NotThere({ stream, born, org }: { stream: StreamKey; born: number; org: string }) {
  const { t } = useWords();
  const on = useWatched((stair) => stair.together(`sharing/${stream}`, async () => (await stair.replica.get<Sharing>('sharing', stream.slice(2))) ?? null), [stream]);
  const isLate = on?.delayed !== undefined && born >= on.delayed.from && org !== on.org;
  return isLate ? <IconLine icon="clock">{t('federation.notThere', { name: on.name })}</IconLine> : null;
}
