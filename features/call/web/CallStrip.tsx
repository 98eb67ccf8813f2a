import { Icon, IconButton } from '@noroshi/foundations/ui';
import { useLive, useSheet, useWords } from '@noroshi/foundations/web';
import type { ComponentType } from 'preact';

// What stands on screens of other rooms, small: the rest comes when there has been a call.

/** At the title of a talk: the way to call it. */
export function CallTool({ room }: { readonly room: string }) {
  const { t } = useWords();
  return <IconButton icon="video" label={t('call.title')} href={`/call/${room}`} />;
}

/** Under the title of a talk: that a call runs here, and the way in. */
export function CallStrip({ room }: { readonly room: string }) {
  const { t } = useWords();
  const running = useLive(async ({ replica }) => (await replica.get<{ call?: string }>('roomCall', room))?.call !== undefined, [room]);
  return running ? <a class="strip" href={`/call/${room}`}><span><Icon name="video" />{t('call.runs')}　<b class="link">{t('call.goIn')}</b></span><Icon name="next" /></a> : null;
}

/** Over every screen: that somebody calls, and the call one is in. Fetched when there has been one. */
export function overEverything(load: () => Promise<{ default: ComponentType }>): ComponentType {
  return function Over() {
    const some = useLive(({ replica }) => replica.db.doc.where('noun').equals('roomCall').count());
    const Screens = useSheet(some ? load : undefined);
    return Screens ? <Screens /> : null;
  };
}
