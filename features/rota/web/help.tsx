import { Nothing, Picture, Point, type Topic } from '@noroshi/foundations/help';
import { Button, CallButton, PersonRow } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';

function TonightPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><ul><PersonRow mark={t('help.sample.seiyoMark')} name={t('help.sample.taro')} post={t('help.sample.deputy')} note="090-0000-0001" end={<CallButton label="" onClick={Nothing} />} /></ul></Point>
      <Point n={2}><Button>{t('rota.ask')}</Button></Point>
    </Picture>
  );
}

function MonthPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><Button>{t('rota.before')}</Button><Button>{t('rota.after')}</Button></Point>
      <Point n={2}><Button>{t('rota.ask')}</Button></Point>
    </Picture>
  );
}

function EditPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><Button>{t('rota.fill')}</Button></Point>
      <Point n={2}><p>{t('rota.holds')}　{t('help.sample.taro')}<br />{t('rota.deputyIs', { name: t('help.sample.aoi') })}</p></Point>
      <Point n={3}><Button kind="main" wide>{t('rota.save')}</Button></Point>
    </Picture>
  );
}

/** What explains the screens of the rota. */
export const help: readonly Topic[] = [
  { at: ['/rota'], title: 'rota.title', says: 'help.rota', steps: ['help.rota.1', 'help.rota.2'], offline: 'reads', picture: TonightPicture },
  { at: ['/rota/:org'], title: 'rota.month', says: 'help.rota.month', steps: ['help.rota.month.1', 'help.rota.month.2'], offline: 'reads', picture: MonthPicture },
  { at: ['/rota/:org/edit'], title: 'rota.edit', says: 'help.rota.edit', steps: ['help.rota.edit.1', 'help.rota.edit.2', 'help.rota.edit.3'], offline: 'writes', picture: EditPicture },
];
