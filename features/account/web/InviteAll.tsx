import type { Organization, Person } from '@noroshi/features/directory';
import type { Book } from '@noroshi/features/directory/web';
import { Button, FieldError } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import { useEffect, useRef, useState } from 'preact/hooks';
import { invite } from '../invitation.ts';
import { askAtDoor } from './ask-at-door.ts';
import type { Invited } from './InvitationPapers.tsx';

/** As many sheets as go into a printer at once; the others come with the next press. */
const most = 100;

/** Who has neither a device, nor a password, nor an open invitation. */
type Uninvited = readonly { readonly who: Person; readonly org: Organization }[];

/** Invitations that are made one after the other. */
export interface Inviting {
  /** What has been made, as it is made: a link is shown nowhere else, so none of them waits for the others. Nothing before the first. */
  readonly papers: readonly Invited[] | undefined;
  /** While they are made: so many of so many. */
  readonly at: { readonly n: number; readonly of: number } | undefined;
  readonly trouble: string | undefined;
  readonly make: (people: Uninvited, book: Book) => Promise<void>;
  /** Puts the papers away; no more are made. */
  readonly close: () => void;
}

/** It belongs to the page that shows the papers: when that is left, no link is made that nobody would see. */
export function useInviting(): Inviting {
  const { t, refusal } = useWords();
  const [papers, setPapers] = useState<readonly Invited[]>();
  const [at, count] = useState<Inviting['at']>();
  const [trouble, setTrouble] = useState<string>();
  // Which of the presses is going on; none after the page was left.
  const going = useRef(0);
  const stop = (): void => { going.current += 1; };
  useEffect(() => stop, []);
  const make = async (people: Uninvited, book: Book): Promise<void> => {
    if (at !== undefined) return;
    stop();
    const mine = going.current;
    const all = people.slice(0, most);
    const made: Invited[] = [];
    setTrouble(undefined);
    let invitedAlready = 0;
    for (const [n, { who, org }] of all.entries()) {
      count({ n, of: all.length });
      const answer = await askAtDoor(invite, { person: who.id, fresh: true });
      if (going.current !== mine) return;
      if (answer.ok) {
        made.push({ invitation: answer.value, who, org, title: book.postsOf(who.id)[0]?.title });
        setPapers([...made]);
      } else if (answer.code === 'account.invitedAlready') invitedAlready += 1;
      else {
        setTrouble(refusal(answer.code, answer.params));
        break;
      }
    }
    count(undefined);
    if (invitedAlready > 0) setTrouble((before) => before ?? t('admin.invitedMeanwhile', { n: invitedAlready }));
  };
  const close = (): void => {
    stop();
    count(undefined);
    setPapers(undefined);
  };
  return { papers, at, trouble, make, close };
}

/** After a table was taken in: an invitation for each who was never invited, to be printed together. */
export function InviteAll({ people, book, inviting: { at, trouble, make } }: { readonly people: Uninvited; readonly book: Book; readonly inviting: Inviting }) {
  const { t } = useWords();
  return (
    <>
      {people.length > 0 && <Button kind="main" icon="print" busy={at === undefined ? undefined : t('admin.inviting', at)} onClick={() => void make(people, book)}>{t('admin.inviteAll', { n: Math.min(most, people.length) })}</Button>}
      {trouble && <FieldError>{trouble}</FieldError>}
    </>
  );
}
