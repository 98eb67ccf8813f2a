import { Nothing, Picture, Point, type Topic } from '@noroshi/foundations/help';
import { Button, Chips, Icon, ItemRow, OweRow, Owes, RoomRow, SectionHead, State, Tag, Ways } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import '@noroshi/foundations/ui/rows.css';

function HomePicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><Owes><OweRow state={<State kind="urgent">{t('talk.urgent')}</State>} age={t('home.since', { n: 12 })} title={t('help.sample.seiyo')} note={t('help.sample.flooded')} /></Owes></Point>
      <Point n={2}><Owes><OweRow href="#" state={<State kind="short">{t('request.short')} 6</State>} age={t('home.until', { time: '08:10', n: 23 })} title={t('help.sample.answerRequest')} /></Owes></Point>
      <Point n={3}><RoomRow mark={t('help.sample.groupMark')} name={t('help.sample.groupC')} says={t('help.sample.understood')} unread={{ of: 5, label: '' }} /></Point>
    </Picture>
  );
}

function MorePicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><SectionHead title={t('more.everyday')} level={3} /><Ways label="" ways={[{ icon: 'board', name: t('board.title'), href: '#' }, { icon: 'calendar', name: t('calendar.title'), href: '#' }]} /></Point>
      <Point n={2}><SectionHead title={t('more.mine')} level={3} /><Ways label="" ways={[{ icon: 'bell', name: t('wake.title'), href: '#' }]} /></Point>
      <Point n={3}><SectionHead title={t('more.tending')} level={3} /></Point>
    </Picture>
  );
}

function WaitingPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><ul class="outbox"><ItemRow start={<Icon name="talk" />} end={<Tag kind="guess">{t('waits.provisional')}</Tag>}>{t('help.sample.understood')}</ItemRow></ul></Point>
      <Point n={2}><Button kind="strong">{t('waits.goMend')}</Button><Button>{t('waits.drop')}</Button></Point>
    </Picture>
  );
}

function SettingsPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><Chips legend={t('settings.theme')} value="light" onChange={Nothing} choices={[{ value: 'light', label: t('settings.theme.light') }, { value: 'dark', label: t('settings.theme.dark') }]} /></Point>
      <Point n={2}><Chips legend={t('settings.data')} value="low" onChange={Nothing} choices={[{ value: 'low', label: t('settings.data.low'), note: t('settings.data.lowSays'), whole: true }]} /></Point>
    </Picture>
  );
}

/** What explains the screens of the shell itself. */
export const own: readonly Topic[] = [
  { at: ['/'], title: 'nav.home', says: 'help.home', steps: ['help.home.1', 'help.home.2', 'help.home.3'], offline: 'writes', picture: HomePicture },
  { at: ['/more'], title: 'nav.more', says: 'help.more', steps: ['help.more.1', 'help.more.2', 'help.more.3'], offline: 'reads', picture: MorePicture },
  { at: ['/waiting'], title: 'waits.title', says: 'help.waiting', steps: ['help.waiting.1', 'help.waiting.2'], offline: 'reads', picture: WaitingPicture },
  { at: ['/settings'], title: 'settings.title', says: 'help.settings', steps: ['help.settings.1', 'help.settings.2'], offline: 'works', picture: SettingsPicture },
];
