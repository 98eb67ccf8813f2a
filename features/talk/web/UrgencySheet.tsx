import { Button, Sheet, State } from '@noroshi/foundations/ui';
import { useLoaded, useRooms, useWords, type WebRoom } from '@noroshi/foundations/web';
import type { Member } from '@noroshi/foundations/sync';
import type { Draft } from './draft.ts';
import '@noroshi/foundations/ui/rows.css';

export interface UrgencySheetProps {
  readonly room: string;
  readonly draft: Draft;
  readonly people: readonly Member[];
  readonly drill: boolean;
  readonly onSend: () => void;
  readonly onClose: () => void;
}

/** Before something urgent goes out: whom it will reach, by name. */
export function UrgencySheet({ room, draft: { urgency, text, named }, people, drill, onSend, onClose }: UrgencySheetProps) {
  const { t } = useWords();
  const orgs = new Map<string, Member[]>();
  for (const one of people) orgs.set(one.card.org, [...(orgs.get(one.card.org) ?? []), one]);
  const urgent = urgency === 'urgent';
  // Whom the words name, of them alone an answer is asked. (T36)
  const asked = named.flatMap(({ name }) => (text.includes(`@${name}`) ? [name] : []));
  const rooms = useRooms();
  return (
    <Sheet title={`${drill ? t('app.drillMark') : ''}${t(urgent ? 'talk.urgentAsk' : 'talk.importantAsk')}`} closeLabel={t('app.close')} onClose={onClose}
      foot={<><Button kind="main" icon="send" wide onClick={onSend}>{t(urgent ? 'talk.urgentSend' : 'talk.importantSend', { n: people.length })}</Button><Button wide onClick={onClose}>{t('talk.backToWriting')}</Button></>}>
      <div class="sheet-pad">
        <p><State kind={urgent ? 'urgent' : 'doing'}>{t(urgent ? 'talk.urgentMeans' : 'talk.importantMeans')}</State></p>
        {asked.length > 0 && <p>{t('talk.asksNamed', { who: asked.join(t('talk.and')) })}</p>}
        {urgent && rooms.flatMap(({ name, beforeSending = [] }) => beforeSending.map((load, i) => <What key={`${name}${i}`} load={load} room={room} people={people} />))}
        <ul>
          {[...orgs.values()].map((members) => (
            <li class="item" key={members[0]!.card.org}><div><b>{members[0]!.card.orgName}</b> {members.map((m) => m.card.name).join(t('talk.and'))}</div><span>{t('talk.people', { n: members.length })}</span></li>
          ))}
        </ul>
      </div>
    </Sheet>
  );
}

/** What another room of the house knows of it. It may be sent before that is there. */
function What({ load, room, people }: Pick<UrgencySheetProps, 'room' | 'people'> & { readonly load: NonNullable<WebRoom['beforeSending']>[number] }) {
  const Shown = useLoaded(load);
  return Shown ? <Shown room={room} people={people.map(({ person, card }) => ({ person, name: card.name }))} /> : null;
}
