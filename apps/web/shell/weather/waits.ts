import { room as roomNoun, type Room } from '@noroshi/features/talk';
import { useFiles, type FilesEnd } from '@noroshi/foundations/files/web';
import type { Key, Words } from '@noroshi/foundations/i18n';
import type { LowerEnd, OutboxItem } from '@noroshi/foundations/sync/web';
import type { IconName } from '@noroshi/foundations/ui';
import { useLive } from '@noroshi/foundations/web';

/** One thing that was given here and that the server has not taken. */
export interface Waits {
  readonly item: OutboxItem;
  readonly icon: IconName;
  /** The words themselves, where it has some. */
  readonly words: string | undefined;
  readonly room: Room | undefined;
}

/** What waits on this device: what was given, in the order in which it goes out, and how many files follow behind. */
export interface AllWaits { readonly items: readonly Waits[]; readonly photos: number; readonly files: number }

const icons: readonly (readonly [RegExp, IconName])[] = [
  [/^talk\.say$/, 'talk'], [/^talk\.(answer|react)$|acknowledge$/, 'check'], [/^talk\.(pin|unpin)$/, 'pin'], [/^talk\.(amend|withdraw)$/, 'edit'],
  [/^request\./, 'people'], [/^incident\./, 'flag'], [/^directory\./, 'board'],
];

async function readWaits({ replica }: LowerEnd, { kept }: FilesEnd): Promise<AllWaits> {
  const items = (await replica.outbox.item.toArray()).filter((item) => item.state !== 'accepted');
  const waiting = await kept.file.where('state').equals('waiting').toArray();
  return {
    items: await Promise.all(items.map(async (item): Promise<Waits> => {
      const { text, word } = (item.input ?? {}) as { text?: unknown; word?: unknown };
      return {
        item,
        icon: icons.find(([of]) => of.test(item.name))?.[1] ?? 'to',
        words: typeof text === 'string' && text ? text : typeof word === 'string' && word ? word : undefined,
        room: item.stream.startsWith('r:') ? await replica.get<Room>(roomNoun.noun, item.stream.slice(2)) : undefined,
      };
    })),
    photos: waiting.filter(({ kind }) => kind === 'photo').length,
    files: waiting.filter(({ kind }) => kind !== 'photo').length,
  };
}

/** What waits on this device, watched. */
export function useWaits(): AllWaits | undefined {
  const files = useFiles();
  return useLive((stair) => readWaits(stair, files), [files]);
}

/** What kind of thing it is, as people say it. Each deed that a device may promise has a sentence; a test counts them. */
export const kindOf = ({ item }: Waits): Key => `waits.${item.name}` as Key;

/** How it is called in one line: the words, or what it is. */
export function inOneLine(one: Waits, { t }: Words): string {
  return one.words === undefined ? t(kindOf(one)) : t('waits.quoted', { words: one.words.replaceAll(/\s+/g, ' ') });
}

/** Where it is mended or followed. */
export function placeOf({ item, room }: Waits): string | undefined {
  const { request } = (item.input ?? {}) as { request?: unknown };
  return typeof request === 'string' ? `/request/${request}` : item.name.startsWith('calendar.') ? '/calendar' : item.name.startsWith('survey.') ? '/survey' : room?.kind === 'board' ? '/board' : room ? `/talk/${room.id}?end` : undefined;
}
