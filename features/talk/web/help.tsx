import { Nothing, Picture, Point, type Topic } from '@noroshi/foundations/help';
import { AnswerButtons, Bubble, Button, CallButton, Chips, Icon, PersonRow, ReadLine, RoomRow, UrgentNotice } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';

function ListPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><RoomRow mark={t('help.sample.groupMark')} hit name={t('help.sample.groupC')} says={t('help.sample.understood')} time={<time>07:44</time>} /></Point>
      <Point n={2}><RoomRow mark={t('help.sample.saijoMark')} name={t('help.sample.aoi')} says={t('help.sample.understood')} unread={{ of: 2, label: '' }} /></Point>
      <Point n={3}><Button icon="plus">{t('talk.newRoom')}</Button></Point>
    </Picture>
  );
}

function NewPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><Chips quiet legend={t('talk.roomKind')} value="purpose" onChange={Nothing} choices={[{ value: 'purpose', label: t('talk.purpose'), note: t('talk.purposeNote') }, { value: 'direct', label: t('talk.direct'), note: t('talk.directNote') }]} /></Point>
      <Point n={2}><ul><PersonRow mark={t('help.sample.saijoMark')} name={t('help.sample.aoi')} post={t('help.sample.chief')} end={<Icon name="check" />} /></ul></Point>
      <Point n={3}><Button kind="main" wide>{t('talk.openPurpose', { n: 2 })}</Button></Point>
    </Picture>
  );
}

function RoomPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><UrgentNotice word={t('talk.urgent')} time="07:40" mark={t('help.sample.seiyoMark')} hit name={t('help.sample.taro')} post={t('help.sample.deputy')} answers={
        <AnswerButtons label={t('talk.answerLabel')} onAnswer={Nothing} answers={[{ value: 'agreed', label: t('talk.answer.agreed'), icon: 'check' }, { value: 'considering', label: t('talk.answer.considering') }, { value: 'cannot', label: t('talk.answer.cannot') }]} />
      }>{t('help.sample.flooded')}</UrgentNotice></Point>
      <Point n={2}><ReadLine read={11} of={14} labels={{ read: t('talk.read'), unread: t('talk.unread'), all: t('talk.allRead') }} /></Point>
      <Point n={3}><Bubble>{t('help.sample.understood')}</Bubble><Button kind="main" low icon="send">{t('talk.send')}</Button></Point>
      <Point n={4}><span class="row"><Icon name="plus" />{t('talk.photo')}　{t('talk.place')}　{t('talk.makeUrgent')}</span></Point>
    </Picture>
  );
}

function InfoPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><ul><PersonRow mark={t('help.sample.seiyoMark')} name={t('help.sample.taro')} post={t('help.sample.deputy')} note="090-0000-0001" end={<CallButton label="" onClick={Nothing} />} /></ul></Point>
      <Point n={2}><Button icon="plus">{t('talk.addPeople')}</Button></Point>
      <Point n={3}><Button icon="bell">{t('wake.mute')}</Button></Point>
    </Picture>
  );
}

/** What explains the screens of talks. */
export const help: readonly Topic[] = [
  { at: ['/talk'], title: 'nav.talk', says: 'help.talk.list', steps: ['help.talk.list.1', 'help.talk.list.2', 'help.talk.list.3'], offline: 'reads', picture: ListPicture },
  { at: ['/talk/:room'], title: 'help.talk.room.title', says: 'help.talk.room', steps: ['help.talk.room.1', 'help.talk.room.2', 'help.talk.room.3', 'help.talk.room.4'], offline: 'writes', picture: RoomPicture },
  { at: ['/talk/:room/info'], title: 'talk.info', says: 'help.talk.info', steps: ['help.talk.info.1', 'help.talk.info.2', 'help.talk.info.3'], offline: 'reads', picture: InfoPicture },
  { at: ['/talk/new'], title: 'talk.newRoom', says: 'help.talk.new', steps: ['help.talk.new.1', 'help.talk.new.2', 'help.talk.new.3'], offline: 'writes', picture: NewPicture },
];
