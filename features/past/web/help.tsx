import { Picture, Point, type Topic } from '@noroshi/foundations/help';
import { Button, State, Tag } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';

function BringPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><b>{t('past.place')}</b></Point>
      <Point n={2}><b>{t('past.choose')}</b></Point>
      <Point n={3}><b>{t('past.trial')}</b> <State kind="quiet">{t('past.looks', { title: t('past.left'), n: 3 })}</State></Point>
      <Point n={4}><Button kind="main" wide icon="save">{t('past.bringIt', { n: '1,250' })}</Button></Point>
    </Picture>
  );
}

function ListPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><Button icon="eye">{t('past.readThis')}</Button></Point>
      <Point n={2}><Button kind="quiet" class="danger">{t('past.takeBack')}</Button></Point>
    </Picture>
  );
}

function ReadPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><Tag>{t('past.tag')}</Tag></Point>
      <Point n={2}><Button low icon="back">{t('past.earlier')}</Button> {t('past.pageOf', { n: 2, of: 5 })} <Button low>{t('past.later')}</Button></Point>
    </Picture>
  );
}

/** What explains the screens of 移行した記録. */
export const help: readonly Topic[] = [
  { at: ['/past'], title: 'past.bring', says: 'help.past.bring', steps: ['help.past.bring.1', 'help.past.bring.2', 'help.past.bring.3', 'help.past.bring.4'], offline: 'needsLine', picture: BringPicture },
  { at: ['/past/:room'], title: 'past.title', says: 'help.past', steps: ['help.past.1', 'help.past.2'], offline: 'reads', picture: ListPicture },
  { at: ['/past/:room/:past'], title: 'past.reading.title', says: 'help.past.read', steps: ['help.past.read.1', 'help.past.read.2'], offline: 'needsLine', picture: ReadPicture },
];
