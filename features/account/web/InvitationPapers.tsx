import type { Organization, Person, Phone } from '@noroshi/features/directory';
import { BookPage, type Book } from '@noroshi/features/directory/web';
import { Button, FieldError } from '@noroshi/foundations/ui';
import { useStair, useWords } from '@noroshi/foundations/web';
import { useMemo, useState } from 'preact/hooks';
import type { Invitation } from '../invitation.ts';
import './account.css';

/** An invitation, and who is invited. */
export interface Invited { readonly invitation: Invitation; readonly who: Person; readonly org: Organization; readonly title: string | undefined }

interface InvitationPapersProps {
  readonly all: readonly Invited[];
  readonly book: Book;
  /** Further ones are being made: so many of so many. */
  readonly making?: { readonly n: number; readonly of: number } | undefined;
  /** Why not all were made. */
  readonly trouble?: string | undefined;
  readonly onClose: () => void;
}

/** Invitations to be shown, sent, or printed and put into envelopes, each on a sheet of its own. They are shown once. */
export function InvitationPapers({ all, book, making, trouble, onClose }: InvitationPapersProps) {
  const { t } = useWords();
  const { actor } = useStair();
  // Who invites: whoever stands before the paper and cannot go on calls them.
  const by = book.personOf(actor.person);
  const [copied, setCopied] = useState(false);
  const one = all.length === 1 ? all[0] : undefined;
  return (
    <BookPage title={t('paper.title')} subtitle={one ? `${one.org.name} ${one.who.name}` : t('people.count', { n: all.length })} back="/admin/people" content="form paper">
      <div class="row not-printed">
        <Button kind="main" icon="print" busy={making && t('admin.inviting', making)} onClick={() => print()}>{t('paper.print')}</Button>
        {one && <Button onClick={() => void navigator.clipboard.writeText(one.invitation.url).then(() => setCopied(true), () => undefined)}>{t(copied ? 'paper.copied' : 'paper.copy')}</Button>}
        <Button kind="quiet" onClick={onClose}>{t('paper.close')}</Button>
      </div>
      <p class="sub not-printed">{t('paper.once')}</p>
      {trouble && <div class="not-printed"><FieldError>{trouble}</FieldError></div>}
      {all.map((invited) => <Sheet key={invited.who.id} by={by && { ...by, org: book.orgOf(by.org)?.name ?? '' }} {...invited} />)}
    </BookPage>
  );
}

/** Which number stands on a paper that lies about: one of the office before a mobile one. Never that of a home, nor one that is for calls out alone. */
const numberOnPaper = (phones: readonly Phone[]): string | undefined =>
  (['office', 'direct', 'mobile'] as const).flatMap((kind) => phones.filter((phone) => phone.kind === kind && !phone.priority))[0]?.number;

/** One sheet, to be read at arm's length, also by whoever's telephone does not read the code. */
function Sheet({ invitation, who, org, title, by }: Invited & { by: Pick<Person, 'name' | 'phones' | 'org'> | undefined }) {
  const { t, moment } = useWords();
  // The picture comes from our own server; as an image it can run nothing.
  const picture = useMemo(() => `data:image/svg+xml,${encodeURIComponent(invitation.qr)}`, [invitation.qr]);
  const [address, secret = ''] = invitation.url.split('#');
  const number = by && numberOnPaper(by.phones);
  return (
    <div class="sheet-of-paper">
      <h2>{t('paper.head')}</h2>
      <p class="whom">{org.name} {title}<br /><b>{t('invite.name', { name: who.name })}</b></p>
      <img class="qr" src={picture} alt={t('paper.qr')} width="240" height="240" />
      <ol class="steps">
        <li>{t('paper.one')}</li>
        <li>{t('paper.two')}</li>
        <li>{t('paper.three')}</li>
      </ol>
      <p>{t('paper.typed')}</p>
      {/* In fours, as one reads a long number; the gaps are none that could be copied. */}
      <p class="url">{address}#<wbr />{secret.match(/.{1,4}/g)?.map((four, i) => <span key={i}>{four}</span>)}</p>
      {by && <p>{t(number ? 'paper.call' : 'paper.ask', { who: `${by.org} ${by.name}`, number: number ?? '' })}</p>}
      <p class="sub">{t('paper.until', { at: moment(invitation.expiresAt) })} {t('paper.secret')}<br />{t('paper.login', { login: invitation.login })}</p>
    </div>
  );
}
