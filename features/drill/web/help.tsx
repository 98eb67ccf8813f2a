import { Picture, Point, type Topic } from '@noroshi/foundations/help';
import { Button, Icon, IconLine, RoomRow, State, Tag } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';

function ListPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><RoomRow mark={<Icon name="flag" />} name={t('help.sample.drill')} tags={<Tag kind="drill">{t('home.drill')}</Tag>} says={t('drill.runs')} /></Point>
      <Point n={2}><Button kind="main" wide icon="plus">{t('drill.start')}</Button></Point>
    </Picture>
  );
}

function StartPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><p><b>{t('drill.scenario')}</b></p></Point>
      <Point n={2}><p>{t('drill.controllers')}</p></Point>
      <Point n={3}><Button kind="main" wide icon="flag">{t('drill.begin')}</Button></Point>
    </Picture>
  );
}

function DeskPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><Button kind="main" wide icon="clock">{t('drill.run')}</Button></Point>
      <Point n={2}><Button>{t('drill.giveNow')}</Button><Button>{t('drill.skip')}</Button></Point>
      <Point n={3}><Button>{t('drill.real')}</Button></Point>
    </Picture>
  );
}

function ResultPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><State kind="ok">{t('drill.points')} {t('drill.pointsIs', { n: 82 })}</State></Point>
      <Point n={2}><IconLine icon="edit">{t('drill.improvements')}</IconLine></Point>
    </Picture>
  );
}

/** What explains the screens of drills. */
export const help: readonly Topic[] = [
  { at: ['/drills'], title: 'drill.title', says: 'help.drill.list', steps: ['help.drill.list.1', 'help.drill.list.2'], offline: 'reads', picture: ListPicture },
  { at: ['/drills/start'], title: 'drill.start', says: 'help.drill.start', steps: ['help.drill.start.1', 'help.drill.start.2', 'help.drill.start.3'], offline: 'needsLine', picture: StartPicture },
  { at: ['/drills/:drill'], title: 'drill.console', says: 'help.drill.desk', steps: ['help.drill.desk.1', 'help.drill.desk.2', 'help.drill.desk.3'], offline: 'needsLine', picture: DeskPicture },
  { at: ['/drills/:drill/:part'], title: 'drill.result', says: 'help.drill.result', steps: ['help.drill.result.1', 'help.drill.result.2'], offline: 'needsLine', picture: ResultPicture },
];
