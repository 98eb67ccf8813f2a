import type { Organization, Person } from '@noroshi/features/directory';
import { BookPage } from '@noroshi/features/directory/web';
import { Button } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import { useMemo, useState } from 'preact/hooks';
import type { Invitation } from '../invitation.ts';
import './account.css';

interface InvitationPaperProps {
  readonly invitation: Invitation;
  readonly who: Person;
  readonly org: Organization;
  readonly title: string | undefined;
  readonly onClose: () => void;
}

/** An invitation to be shown, sent, or printed and put into an envelope. It is shown once. */
export function InvitationPaper({ invitation, who, org, title, onClose }: InvitationPaperProps) {
  const { t, moment } = useWords();
  const [copied, setCopied] = useState(false);
  // The picture comes from our own server; as an image it can run nothing.
  const picture = useMemo(() => `data:image/svg+xml,${encodeURIComponent(invitation.qr)}`, [invitation.qr]);
  return (
    <BookPage title={t('paper.title')} subtitle={`${org.name} ${who.name}`} back="/admin/people" content="form paper">
      <div class="row not-printed">
        <Button kind="main" icon="print" onClick={() => print()}>{t('paper.print')}</Button>
        <Button onClick={() => void navigator.clipboard.writeText(invitation.url).then(() => setCopied(true), () => undefined)}>{t(copied ? 'paper.copied' : 'paper.copy')}</Button>
        <Button kind="quiet" onClick={onClose}>{t('paper.close')}</Button>
      </div>
      <p class="sub not-printed">{t('paper.once')}</p>
      <div class="sheet-of-paper">
        <h2>{t('paper.head')}</h2>
        <p class="whom">{org.name} {title}<br /><b>{t('invite.name', { name: who.name })}</b></p>
        <img class="qr" src={picture} alt={t('paper.qr')} width="240" height="240" />
        <ol class="steps">
          <li>{t('paper.one')}</li>
          <li>{t('paper.two')}</li>
          <li>{t('paper.three')}</li>
        </ol>
        <p class="url">{invitation.url}</p>
        <p>{t('door.login')}：<b>{invitation.login}</b></p>
        <p class="sub">{t('paper.until', { at: moment(invitation.expiresAt) })}</p>
        <p class="sub">{t('paper.secret')}</p>
      </div>
    </BookPage>
  );
}
