import { Button, Sheet, State } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import type { Member } from '@noroshi/foundations/sync';

export interface UrgencySheetProps {
  readonly urgency: 'important' | 'urgent';
  readonly people: readonly Member[];
  readonly drill: boolean;
  readonly onSend: () => void;
  readonly onClose: () => void;
}

/** Before something urgent goes out: whom it will reach, by name. */
export function UrgencySheet({ urgency, people, drill, onSend, onClose }: UrgencySheetProps) {
  const { t } = useWords();
  const orgs = new Map<string, Member[]>();
  for (const one of people) orgs.set(one.card.org, [...(orgs.get(one.card.org) ?? []), one]);
  const urgent = urgency === 'urgent';
  return (
    <Sheet title={`${drill ? t('talk.drillMark') : ''}${t(urgent ? 'talk.urgentAsk' : 'talk.importantAsk')}`} closeLabel={t('app.close')} onClose={onClose}
      foot={<><Button kind="main" icon="send" wide onClick={onSend}>{t(urgent ? 'talk.urgentSend' : 'talk.importantSend', { n: people.length })}</Button><Button wide onClick={onClose}>{t('talk.backToWriting')}</Button></>}>
      <div class="sheet-pad">
        <p><State kind={urgent ? 'urgent' : 'doing'}>{t(urgent ? 'talk.urgentMeans' : 'talk.importantMeans')}</State></p>
        <ul>
          {[...orgs.values()].map((members) => (
            <li class="item" key={members[0]!.card.org}><div><b>{members[0]!.card.orgName}</b> {members.map((m) => m.card.name).join(t('talk.and'))}</div><span>{t('talk.people', { n: members.length })}</span></li>
          ))}
        </ul>
      </div>
    </Sheet>
  );
}
