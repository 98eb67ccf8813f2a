import { message as messageNoun, type Message } from '@noroshi/features/talk';
import type { Id } from '@noroshi/foundations/kernel';
import { Loading } from '@noroshi/foundations/ui';
import { useLive, useWords } from '@noroshi/foundations/web';
import type { Part } from '../redaction.ts';

/** What of a message lies on this device, and which parts it has. What was taken back is not here any more; the record still has it. */
export function useSaid(message: Id): { readonly said: Message | undefined; readonly has: readonly Part[] } | undefined {
  return useLive(async ({ replica }) => {
    const said = await replica.get<Message>(messageNoun.noun, message);
    const gone = new Set(said?.redacted?.flatMap(({ parts }) => parts));
    const all: readonly Part[] = said?.withdrawn ? ['text', 'place', 'files'] : [...(said?.text ? ['text' as const] : []), ...(said?.place ? ['place' as const] : []), ...(said?.attachments?.length ? ['files' as const] : [])];
    return { said, has: all.filter((part) => !gone.has(part)) };
  }, [message]);
}

/** The words that are to go, as whoever decides has to see them. */
export function WhatIsSaid({ message, parts }: { message: Id; parts: readonly Part[] }) {
  const { t } = useWords();
  const known = useSaid(message);
  if (!known) return <Loading>{t('app.loading')}</Loading>;
  const { said } = known;
  if (!said) return <p class="sub">{t('keeping.notHere')}</p>;
  if (said.withdrawn) return <p class="sub">{t('keeping.takenBack')}</p>;
  return (
    <blockquote class="to-go">
      {parts.includes('text') && said.text && <p>{said.text}</p>}
      {parts.includes('place') && said.place && <p><b>{t('keeping.part.place')}</b> {said.place.name}</p>}
      {parts.includes('files') && said.attachments?.map(({ file, name }) => <p key={file}><b>{t('keeping.part.files')}</b> {name}</p>)}
    </blockquote>
  );
}
