import { Nothing, Picture, Point, type Topic } from '@noroshi/foundations/help';
import { Button, CallButton, Icon, PersonRow, RoomRow } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';

function BookPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><p class="icon-line"><Icon name="search" />{t('people.search')}</p></Point>
      <Point n={2}><RoomRow mark={t('help.sample.seiyoMark')} name={t('help.sample.taro')} says={t('help.sample.deputy')} /></Point>
      <Point n={3}><Button icon="star">{t('contacts.favourite')}</Button></Point>
    </Picture>
  );
}

function CardPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><ul><PersonRow mark={t('contacts.mark.hospital')} name={t('contacts.kind.hospital')} note="0894-00-0000" end={<CallButton label="" onClick={Nothing} />} /></ul></Point>
      <Point n={2}><Button icon="check">{t('contacts.confirm')}</Button><Button icon="edit">{t('contacts.amend')}</Button></Point>
    </Picture>
  );
}

function WritePicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><p class="icon-line"><Icon name="edit" />{t('contacts.field.name')}</p></Point>
      <Point n={2}><p class="icon-line"><Icon name="phone" />0894-00-0000</p></Point>
      <Point n={3}><Button kind="main" wide>{t('people.save')}</Button></Point>
    </Picture>
  );
}

function FilesPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><p class="icon-line"><Icon name="doc" />{t('contacts.importChoose')}</p></Point>
      <Point n={2}><Button kind="main" wide>{t('contacts.importIt', { n: 12 })}</Button></Point>
    </Picture>
  );
}

function WallPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><p class="icon-line"><Icon name="check" />{t('contacts.wallOutside')}</p></Point>
      <Point n={2}><Button kind="main" wide icon="print">{t('contacts.wallPrint')}</Button></Point>
    </Picture>
  );
}

function CheckPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><b>{t('contacts.kind.hospital')}</b><p><Button icon="check">{t('contacts.confirm')}</Button></p></Point>
      <Point n={2}><Button icon="edit">{t('contacts.amend')}</Button></Point>
    </Picture>
  );
}

function RegionsPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><p class="icon-line"><Icon name="edit" />{t('contacts.regionName', { n: 1 })}</p></Point>
      <Point n={2}><p class="icon-line"><Icon name="map" />{t('help.sample.seiyo')}</p><Button kind="main" wide>{t('people.save')}</Button></Point>
    </Picture>
  );
}

/** What explains the screens of the address book. */
export const help: readonly Topic[] = [
  { at: ['/people'], title: 'people.title', says: 'help.contacts.book', steps: ['help.contacts.book.1', 'help.contacts.book.2', 'help.contacts.book.3'], offline: 'reads', picture: BookPicture },
  { at: ['/contacts/:contact'], title: 'contacts.outside', says: 'help.contacts.card', steps: ['help.contacts.card.1', 'help.contacts.card.2'], offline: 'writes', picture: CardPicture },
  { at: ['/contacts/write'], title: 'contacts.add', says: 'help.contacts.write', steps: ['help.contacts.write.1', 'help.contacts.write.2', 'help.contacts.write.3'], offline: 'writes', picture: WritePicture },
  { at: ['/contacts/files'], title: 'contacts.files', says: 'help.contacts.files', steps: ['help.contacts.files.1', 'help.contacts.files.2'], offline: 'writes', picture: FilesPicture },
  { at: ['/contacts/wall'], title: 'contacts.wall', says: 'help.contacts.wall', steps: ['help.contacts.wall.1', 'help.contacts.wall.2'], offline: 'reads', picture: WallPicture },
  { at: ['/contacts/check'], title: 'contacts.check', says: 'help.contacts.check', steps: ['help.contacts.check.1', 'help.contacts.check.2'], offline: 'writes', picture: CheckPicture },
  { at: ['/contacts/regions'], title: 'contacts.regions', says: 'help.contacts.regions', steps: ['help.contacts.regions.1', 'help.contacts.regions.2'], offline: 'needsLine', picture: RegionsPicture, tends: true },
];
