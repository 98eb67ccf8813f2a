import type { Room } from '@noroshi/features/talk';
import { Button, FieldError, IconLine, Sheet } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import type { ComponentChildren } from 'preact';
import type { SupportRole } from '../disaster.ts';
import type { Known } from './known.ts';
import { RoleList } from './RoleList.tsx';
import './incident.css';

interface TellSheetProps {
  readonly title: string;
  readonly name: string;
  readonly drill: boolean;
  /** The rooms that hear of it, and how many people sit in each. */
  readonly rooms: readonly Room[];
  readonly seats: ReadonlyMap<string, number> | undefined;
  readonly roles: readonly SupportRole[];
  readonly minutes: number;
  readonly known: Known;
  /** The deed, in the words of the button that asked. */
  readonly main: string;
  readonly sending?: 'busy' | 'waiting' | undefined;
  readonly trouble?: string | undefined;
  readonly onTell: () => void;
  readonly onClose: () => void;
  /** What is to be known before. */
  readonly children?: ComponentChildren;
}

/** Before an incident is opened or more towns are added: whom it tells, in what way, and what the parts become. */
export function TellSheet({ title, name, drill, rooms, seats, roles, minutes, known, main, sending, trouble, onTell, onClose, children }: TellSheetProps) {
  const { t } = useWords();
  return (
    <Sheet title={title} closeLabel={t('app.close')} onClose={onClose}
      foot={<>
        {trouble && <FieldError>{trouble}</FieldError>}
        {sending === 'waiting' && <p role="status">{t('incident.open.waiting')}</p>}
        <Button kind="main" wide busy={sending ? t('incident.open.busy') : undefined} onClick={onTell}>{main}</Button>
      </>}>
      <div class="form">
        <p><b>{name}</b></p>
        {children}
        {rooms.map((room) => <IconLine key={room.id} icon="bell">{t('incident.open.wakes', { room: room.name, n: seats?.get(room.id) ?? 0 })}</IconLine>)}
        {!drill && <IconLine icon="clock">{t('incident.open.rings')}</IconLine>}
        <IconLine icon="talk">{t(drill ? 'incident.open.twin' : 'incident.open.permanent')}</IconLine>
        <RoleList roles={roles} minutes={minutes} known={known} />
      </div>
    </Sheet>
  );
}
