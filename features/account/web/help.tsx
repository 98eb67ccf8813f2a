import { Picture, Point, type Topic } from '@noroshi/foundations/help';
import { Button, Icon, RoomRow } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';

function PeoplePicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><RoomRow mark={t('help.sample.seiyoMark')} name={t('help.sample.taro')} says={t('admin.notYet')} /></Point>
      <Point n={2}><Button icon="plus">{t('admin.add')}</Button></Point>
    </Picture>
  );
}

function NewPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><p>{t('posts.organization')}　{t('people.name')}　{t('posts.deskTitle')}</p></Point>
      <Point n={2}><Button kind="main" wide>{t('admin.addThem')}</Button></Point>
    </Picture>
  );
}

function OnePicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><Button>{t('admin.invite')}</Button></Point>
      <Point n={2}><Button>{t('admin.reissue')}</Button></Point>
    </Picture>
  );
}

function DevicesPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><RoomRow mark={<Icon name="phone" />} name="Android" /><Button>{t('account.signOutOne')}</Button></Point>
      <Point n={2}><Button>{t('account.leave')}</Button></Point>
    </Picture>
  );
}

function PasswordPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><p>{t('account.currentPassword')}<br />{t('account.newPassword')}</p></Point>
      <Point n={2}><p class="icon-line"><Icon name="check" />{t('account.endOthers')}</p></Point>
    </Picture>
  );
}

/** What explains the screens of accounts and devices. */
export const help: readonly Topic[] = [
  { at: ['/account/devices'], title: 'account.devices', says: 'help.account.devices', steps: ['help.account.devices.1', 'help.account.devices.2', 'help.account.devices.3'], offline: 'needsLine', picture: DevicesPicture },
  { at: ['/account/password'], title: 'account.password', says: 'help.account.password', steps: ['help.account.password.1', 'help.account.password.2'], offline: 'needsLine', picture: PasswordPicture },
  { at: ['/admin/people'], title: 'admin.people', says: 'help.account.people', steps: ['help.account.people.1', 'help.account.people.2'], offline: 'needsLine', picture: PeoplePicture, tends: true },
  { at: ['/admin/people/new'], title: 'admin.add', says: 'help.account.new', steps: ['help.account.new.1', 'help.account.new.2'], offline: 'writes', picture: NewPicture, tends: true },
  { at: ['/admin/people/:person'], title: 'people.manage', says: 'help.account.one', steps: ['help.account.one.1', 'help.account.one.2'], offline: 'needsLine', picture: OnePicture, tends: true },
];
