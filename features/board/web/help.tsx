import { Nothing, Picture, Point, type Topic } from '@noroshi/foundations/help';
import { Button, Chips, Icon, PersonRow, RoomRow, Tag } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';

function ListPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><RoomRow mark={<Icon name="board" />} name={t('help.sample.notice')} tags={<Tag kind="must">{t('board.must')}</Tag>} /></Point>
      <Point n={2}><p><b>{t('board.which')}</b></p></Point>
      <Point n={3}><Button kind="main" wide icon="edit">{t('board.write')}</Button></Point>
    </Picture>
  );
}

function PostPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><b>{t('help.sample.notice')}</b><Button kind="main" wide icon="check">{t('talk.answer.agreed')}</Button></Point>
      <Point n={2}><ul><PersonRow mark={t('help.sample.seiyoMark')} name={t('help.sample.taro')} post={t('help.sample.deputy')} note={t('talk.read')} /></ul></Point>
    </Picture>
  );
}

function WritePicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><p><b>{t('help.sample.notice')}</b></p></Point>
      <Point n={2}><Chips quiet legend="" value="yes" onChange={Nothing} choices={[{ value: 'yes', label: t('board.mustYes'), note: t('board.mustYesSays'), whole: true }]} /></Point>
      <Point n={3}><Button kind="main" wide>{t('board.postMust', { n: 31 })}</Button></Point>
    </Picture>
  );
}

function OpenPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><p><b>{t('board.field.name')}</b></p></Point>
      <Point n={2}><Chips quiet legend="" value="all" onChange={Nothing} choices={[{ value: 'all', label: t('board.allOrgs'), whole: true }]} /></Point>
    </Picture>
  );
}

function SettingsPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><Button>{t('board.saveCategories')}</Button></Point>
      <Point n={2}><Button icon="plus">{t('board.letInPeople', { n: 2 })}</Button></Point>
    </Picture>
  );
}

/** What explains the screens of the boards. */
export const help: readonly Topic[] = [
  { at: ['/board', '/board/:page'], title: 'board.title', says: 'help.board', steps: ['help.board.1', 'help.board.2', 'help.board.3'], offline: 'reads', picture: ListPicture },
  { at: ['/board/:board/:notice'], title: 'help.board.post.title', says: 'help.board.post', steps: ['help.board.post.1', 'help.board.post.2'], offline: 'writes', picture: PostPicture },
  { at: ['/board/write'], title: 'board.new', says: 'help.board.write', steps: ['help.board.write.1', 'help.board.write.2', 'help.board.write.3'], offline: 'writes', picture: WritePicture },
  { at: ['/board/open'], title: 'board.open', says: 'help.board.open', steps: ['help.board.open.1', 'help.board.open.2'], offline: 'writes', picture: OpenPicture, tends: true },
  { at: ['/board/settings'], title: 'board.settings', says: 'help.board.settings', steps: ['help.board.settings.1', 'help.board.settings.2'], offline: 'writes', picture: SettingsPicture, tends: true },
];
