import type { Id } from '@noroshi/foundations/kernel';
import type { Deed } from '@noroshi/foundations/sync';
import { useLine, useStair } from './stair.web.ts';
import { useWords } from './words.web.ts';
import { useState } from 'preact/hooks';

/** How long a screen waits for the hub's word before it goes on and shows 仮. */
const patience = 4_000;

export interface Sending {
  readonly busy: boolean;
  readonly trouble: string | undefined;
  /** @returns the command's id where it is done, or kept on this device until the line is back; `undefined` where it was refused */
  send<I>(deed: Deed<I, any> & { deed: string }, input: I): Promise<Id | undefined>;
  /** What is too much for one command, one after the other. @returns whether all of it went; what comes behind a refusal is not sent */
  sendAll<I>(deed: Deed<I, any> & { deed: string }, inputs: Iterable<I>): Promise<boolean>;
  /** Takes a refusal off the screen: it was about something else. */
  forget(): void;
}

/** Gives deeds to the stair. A refusal stays beside the words; without a line it is enough that the device has it. */
export function useSending(): Sending {
  const stair = useStair();
  const line = useLine();
  const { refusal } = useWords();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const give: Sending['send'] = async (deed, input) => {
    const told = await stair.send(deed, input);
    if (!told.ok) {
      setTrouble(refusal(told.code, told.params));
      return undefined;
    }
    if (line.state !== 'open') return told.id;
    const answer = await Promise.race([told.answer, new Promise<undefined>((later) => setTimeout(later, patience))]);
    if (!answer || answer.ok) return told.id;
    // The words are still on the screen: they need not be kept a second time.
    await stair.drop(told.id);
    setTrouble(refusal(answer.code, answer.params));
    return undefined;
  };
  const whileBusy = async <T>(does: () => Promise<T>): Promise<T> => {
    setBusy(true);
    setTrouble(undefined);
    try {
      return await does();
    } finally {
      setBusy(false);
    }
  };
  return {
    busy, trouble,
    send: (deed, input) => whileBusy(() => give(deed, input)),
    sendAll: (deed, inputs) => whileBusy(async () => {
      for (const input of inputs) if (!(await give(deed, input))) return false;
      return true;
    }),
    forget: () => setTrouble(undefined),
  };
}
