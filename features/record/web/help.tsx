import { Nothing, Picture, Point, type Topic } from '@noroshi/foundations/help';
import { Button, Chips, State } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';

function TakePicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><Chips quiet legend="" value="incident" onChange={Nothing} choices={[{ value: 'incident', label: t('record.scope.incident') }, { value: 'room', label: t('record.scope.room') }]} /></Point>
      <Point n={2}><Button kind="main" wide icon="save">{t('record.take')}</Button></Point>
    </Picture>
  );
}

function VerifyPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><Button icon="doc">{t('record.verifyFile')}</Button></Point>
      <Point n={2}><State kind="ok">{t('record.cli.proven')}</State></Point>
    </Picture>
  );
}

/** What explains the screens of the record. */
export const help: readonly Topic[] = [
  { at: ['/record'], title: 'record.title', says: 'help.record', steps: ['help.record.1', 'help.record.2'], offline: 'needsLine', picture: TakePicture, tends: true },
  { at: ['/verify'], title: 'record.verify', says: 'help.record.verify', steps: ['help.record.verify.1', 'help.record.verify.2'], offline: 'works', picture: VerifyPicture },
];
