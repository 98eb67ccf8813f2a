import { Nothing, Picture, Point, type Topic } from '@noroshi/foundations/help';
import { Button, Chips, Icon, RoomRow, Tag } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';

function MonthPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><Chips quiet legend="" value="month" onChange={Nothing} choices={[{ value: 'month', label: t('calendar.view.month') }, { value: 'week', label: t('calendar.view.week') }, { value: 'list', label: t('calendar.view.list') }]} /></Point>
      <Point n={2}><RoomRow mark={<Icon name="calendar" />} name={t('help.sample.meeting')} says="13:30–15:00" /></Point>
      <Point n={3}><Button kind="main" wide icon="plus">{t('calendar.put')}</Button></Point>
    </Picture>
  );
}

function OnePicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><b>{t('help.sample.meeting')}</b><Chips quiet legend="" value="yes" onChange={Nothing} choices={[{ value: 'yes', label: t('calendar.answer.yes') }, { value: 'maybe', label: t('calendar.answer.maybe') }, { value: 'no', label: t('calendar.answer.no') }]} /></Point>
      <Point n={2}><Button icon="edit">{t('calendar.amend')}</Button><Button>{t('calendar.takeOut')}</Button></Point>
    </Picture>
  );
}

function WritePicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><p><b>{t('help.sample.meeting')}</b></p></Point>
      <Point n={2}><Chips quiet legend="" value="10" onChange={Nothing} choices={[{ value: '10', label: t('calendar.reminder.minutes', { n: 10 }) }]} /></Point>
      <Point n={3}><span><Tag>{t('calendar.private')}</Tag></span></Point>
    </Picture>
  );
}

function OpenPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><p><b>{t('calendar.field.readers')}</b></p></Point>
      <Point n={2}><Button kind="main" wide>{t('calendar.openIt')}</Button></Point>
    </Picture>
  );
}

function SettingsPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><Button icon="plus">{t('calendar.share')}</Button></Point>
      <Point n={2}><p>{t('calendar.nobody')}</p></Point>
    </Picture>
  );
}

/** What explains the screens of the calendar. */
export const help: readonly Topic[] = [
  { at: ['/calendar', '/calendar/:page'], title: 'calendar.title', says: 'help.calendar', steps: ['help.calendar.1', 'help.calendar.2', 'help.calendar.3'], offline: 'reads', picture: MonthPicture },
  { at: ['/calendar/:calendar/:appointment'], title: 'help.calendar.one.title', says: 'help.calendar.one', steps: ['help.calendar.one.1', 'help.calendar.one.2'], offline: 'writes', picture: OnePicture },
  { at: ['/calendar/write'], title: 'calendar.put', says: 'help.calendar.write', steps: ['help.calendar.write.1', 'help.calendar.write.2', 'help.calendar.write.3'], offline: 'writes', picture: WritePicture },
  { at: ['/calendar/open'], title: 'calendar.open', says: 'help.calendar.open', steps: ['help.calendar.open.1', 'help.calendar.open.2'], offline: 'writes', picture: OpenPicture },
  { at: ['/calendar/settings'], title: 'calendar.settings', says: 'help.calendar.settings', steps: ['help.calendar.settings.1', 'help.calendar.settings.2'], offline: 'writes', picture: SettingsPicture },
];
