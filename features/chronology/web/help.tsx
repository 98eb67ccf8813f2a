import { Nothing, Picture, Point, type Topic } from '@noroshi/foundations/help';
import { Button, Chips, RoomRow, State } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';

function ListPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><Button kind="main" wide icon="edit">{t('chronology.write')}</Button></Point>
      <Point n={2}><RoomRow mark={t('help.sample.seiyoMark')} name={t('help.sample.shelterOpen')} time={<time>07:40</time>} /></Point>
      <Point n={3}><Button icon="gear">{t('chronology.filter')}</Button></Point>
    </Picture>
  );
}

function EntryPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><State kind="doing">{t('chronology.kind.order')}</State></Point>
      <Point n={2}><Button icon="edit">{t('chronology.correct')}</Button></Point>
    </Picture>
  );
}

function WritePicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><p>{t('help.sample.shelterOpen')}</p></Point>
      <Point n={2}><Chips quiet legend="" value="order" onChange={Nothing} choices={[{ value: 'order', label: t('chronology.kind.order') }]} /></Point>
      <Point n={3}><Button kind="main" wide>{t('chronology.send')}</Button></Point>
    </Picture>
  );
}

/** What explains the screens of the chronology. */
export const help: readonly Topic[] = [
  { at: ['/chronology', '/chronology/:incident'], title: 'chronology.title', says: 'help.chronology', steps: ['help.chronology.1', 'help.chronology.2', 'help.chronology.3'], offline: 'reads', picture: ListPicture },
  { at: ['/chronology/:incident/:entry'], title: 'chronology.steps', says: 'help.chronology.entry', steps: ['help.chronology.entry.1', 'help.chronology.entry.2'], offline: 'writes', picture: EntryPicture },
  { at: ['/chronology/write'], title: 'chronology.writeTitle', says: 'help.chronology.write', steps: ['help.chronology.write.1', 'help.chronology.write.2', 'help.chronology.write.3'], offline: 'writes', picture: WritePicture },
];
