import type { Organization, Person } from '@noroshi/features/directory';
import type { Book } from '@noroshi/features/directory/web';
import { Button, FieldError } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { invite } from '../invitation.ts';
import { askAtDoor } from './ask-at-door.ts';
import type { Invited } from './InvitationPapers.tsx';

/** As many sheets as go into a printer at once; the others come with the next press. */
const most = 100;

interface InviteAllProps {
  /** Who has neither a device nor an open invitation. */
  readonly people: readonly { readonly who: Person; readonly org: Organization }[];
  readonly book: Book;
  /** What could be made, even where the line went away half-way. */
  readonly onMade: (made: readonly Invited[]) => void;
}

/** After a table was taken in: an invitation for each who was never invited, to be printed together. */
export function InviteAll({ people, book, onMade }: InviteAllProps) {
  const { t, refusal } = useWords();
  const [at, count] = useState<number>();
  const [trouble, setTrouble] = useState<string>();
  const all = people.slice(0, most);
  const make = async (): Promise<void> => {
    if (at !== undefined) return;
    setTrouble(undefined);
    const made: Invited[] = [];
    for (const { who, org } of all) {
      count(made.length);
      const answer = await askAtDoor(invite, { person: who.id });
      if (!answer.ok) {
        setTrouble(refusal(answer.code, answer.params));
        break;
      }
      made.push({ invitation: answer.value, who, org, title: book.postsOf(who.id)[0]?.title });
    }
    count(undefined);
    if (made.length > 0) onMade(made);
  };
  if (all.length === 0) return null;
  return (
    <>
      <Button kind="main" icon="print" busy={at === undefined ? undefined : t('admin.inviting', { n: at, of: all.length })} onClick={() => void make()}>{t('admin.inviteAll', { n: all.length })}</Button>
      {trouble && <FieldError>{trouble}</FieldError>}
    </>
  );
}
