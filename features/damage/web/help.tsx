import { Nothing, Picture, Point, type Topic } from '@noroshi/foundations/help';
import { Button, Chips, Facts, RoomRow, State, Tag } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';

function SumsPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><Button kind="main" wide icon="edit">{t('damage.report')}</Button></Point>
      <Point n={2}><p>{t('damage.reported', { n: 18, of: 20 })}</p></Point>
      <Point n={3}><RoomRow mark={t('help.sample.seiyoMark')} hit name={t('help.sample.seiyo')} says={t('damage.rev', { n: 2 })} /></Point>
      <Point n={4}><Button icon="save">{t('damage.out')}</Button></Point>
    </Picture>
  );
}

function SheetPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><Facts facts={[{ term: t('help.sample.shelterOpen'), is: <>5　<Tag>{t('damage.open')}</Tag></> }]} /></Point>
      <Point n={2}><Button kind="main" wide icon="edit">{t('damage.reportNext', { n: 2 })}</Button></Point>
    </Picture>
  );
}

function ReportPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><Chips quiet legend="" value="short" onChange={Nothing} choices={[{ value: 'short', label: t('damage.form.short') }, { value: 'long', label: t('damage.form.long') }]} /></Point>
      <Point n={2}><State kind="quiet">{t('damage.unknown')}</State></Point>
      <Point n={3}><Button kind="main" wide icon="send">{t('damage.send', { n: 1 })}</Button></Point>
    </Picture>
  );
}

function FormPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><Button icon="save">{t('damage.form.save')}</Button></Point>
      <Point n={2}><Button icon="doc">{t('damage.form.choose')}</Button></Point>
      <Point n={3}><Button kind="main" wide>{t('damage.form.set', { n: 2 })}</Button></Point>
    </Picture>
  );
}

function PopulationPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><Button icon="save">{t('damage.populationSave')}</Button><Button icon="doc">{t('damage.populationChoose')}</Button></Point>
      <Point n={2}><Button kind="main" wide>{t('damage.populationPutOne')}</Button></Point>
    </Picture>
  );
}

/** What explains the screens of damage reports. */
export const help: readonly Topic[] = [
  { at: ['/damage', '/damage/:incident'], title: 'damage.title', says: 'help.damage.sums', steps: ['help.damage.sums.1', 'help.damage.sums.2', 'help.damage.sums.3', 'help.damage.sums.4'], offline: 'reads', picture: SumsPicture },
  { at: ['/damage/:incident/:organization'], title: 'damage.history', says: 'help.damage.sheet', steps: ['help.damage.sheet.1', 'help.damage.sheet.2'], offline: 'reads', picture: SheetPicture },
  { at: ['/damage/report'], title: 'damage.report', says: 'help.damage.report', steps: ['help.damage.report.1', 'help.damage.report.2', 'help.damage.report.3'], offline: 'writes', picture: ReportPicture },
  { at: ['/damage/form'], title: 'damage.form.admin', says: 'help.damage.form', steps: ['help.damage.form.1', 'help.damage.form.2', 'help.damage.form.3'], offline: 'needsLine', picture: FormPicture, tends: true },
  { at: ['/damage/population'], title: 'damage.population', says: 'help.damage.population', steps: ['help.damage.population.1', 'help.damage.population.2'], offline: 'writes', picture: PopulationPicture, tends: true },
];
