import { useLive, useSheet } from '@noroshi/foundations/web';
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
