import type { Id } from '@noroshi/foundations/kernel';
import { ask, useLine } from '@noroshi/foundations/web';
import { useEffect, useState } from 'preact/hooks';
import { contact, type Contact } from '../contact.ts';

/** While someone looks, the server is asked this often (milliseconds): who is on the line is in its memory alone. */
const askEvery = 10_000;

/**
 * Who was last heard when, and who is on the line: asked of the server again and again while there is a line and someone looks.
 * What was told last stays, with its hour (`asOf`), when there is none.
 * @param org of one municipality by person
 */
export function useContact(incident: Id | undefined, org?: Id): Contact | undefined {
  const { state } = useLine();
  const [told, tell] = useState<{ readonly of: string; readonly contact: Contact }>();
  const of = `${incident}/${org}`;
  useEffect(() => {
    if (incident === undefined || state !== 'open') return undefined;
    let wanted = true;
    const look = async (): Promise<void> => {
      if (document.hidden) return;
      const answer = await ask(contact, { incident, ...(org !== undefined && { org }) });
      if (wanted && answer.ok) tell({ of, contact: answer.value });
    };
    void look();
    const timer = setInterval(() => void look(), askEvery);
    const back = (): void => void look();
    document.addEventListener('visibilitychange', back);
    return () => {
      wanted = false;
      clearInterval(timer);
      document.removeEventListener('visibilitychange', back);
    };
  }, [of, state]);
  return told?.of === of ? told.contact : undefined;
}
