import { Nothing, Picture, Point, type Topic } from '@noroshi/foundations/help';
import { Button, CallButton, Icon, Mark, PersonRow, RoomRow } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';

function PersonPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><ul><PersonRow mark={t('help.sample.seiyoMark')} name={t('help.sample.taro')} post={t('help.sample.deputy')} note="090-0000-0001" end={<CallButton label="" onClick={Nothing} />} /></ul></Point>
      <Point n={2}><Button icon="talk">{t('people.talk', { name: t('help.sample.taro') })}</Button></Point>
    </Picture>
  );
}

function EditPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><p class="icon-line"><Icon name="phone" />090-0000-0001</p></Point>
      <Point n={2}><Button kind="main" wide>{t('people.save')}</Button></Point>
    </Picture>
  );
}

function PostsPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><b>{t('help.sample.deputy')}</b><p>{t('help.sample.taro')}</p><Button>{t('posts.handOver')}</Button></Point>
      <Point n={2}><p class="icon-line"><Icon name="talk" />{t('help.sample.groupC')}</p></Point>
    </Picture>
  );
}

function TablePicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><Button icon="doc">{t('table.choose')}</Button></Point>
      <Point n={2}><Button kind="main" wide>{t('table.doIt', { n: 12 })}</Button></Point>
    </Picture>
  );
}

function OrganizationsPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><RoomRow mark={t('help.sample.seiyoMark')} name={t('help.sample.seiyo')} /></Point>
      <Point n={2}><Button icon="plus">{t('organizations.add')}</Button></Point>
    </Picture>
  );
}

function OrganizationPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><span class="row"><Mark>西予</Mark><b>{t('help.sample.seiyo')}</b></span></Point>
      <Point n={2}><Button kind="main" wide>{t('people.save')}</Button></Point>
    </Picture>
  );
}

/** What explains the screens of the address book. */
export const help: readonly Topic[] = [
  { at: ['/people/:person'], title: 'people.phones', says: 'help.directory.person', steps: ['help.directory.person.1', 'help.directory.person.2'], offline: 'reads', picture: PersonPicture },
  { at: ['/people/:person/edit'], title: 'people.edit', says: 'help.directory.edit', steps: ['help.directory.edit.1', 'help.directory.edit.2'], offline: 'writes', picture: EditPicture },
  { at: ['/admin/posts'], title: 'posts.title', says: 'help.directory.posts', steps: ['help.directory.posts.1', 'help.directory.posts.2'], offline: 'writes', picture: PostsPicture, tends: true },
  { at: ['/admin/table'], title: 'table.title', says: 'help.directory.table', steps: ['help.directory.table.1', 'help.directory.table.2'], offline: 'needsLine', picture: TablePicture, tends: true },
  { at: ['/admin/organizations'], title: 'organizations.title', says: 'help.directory.organizations', steps: ['help.directory.organizations.1', 'help.directory.organizations.2'], offline: 'reads', picture: OrganizationsPicture, tends: true },
  { at: ['/admin/organizations/:organization'], title: 'organizations.amend', says: 'help.directory.organization', steps: ['help.directory.organization.1', 'help.directory.organization.2'], offline: 'writes', picture: OrganizationPicture, tends: true },
];
