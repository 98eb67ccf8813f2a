import { Picture, Point, type Topic } from '@noroshi/foundations/help';
import { Button, State } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';

function ListPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><b>{t('survey.safety')}</b> <State kind="urgent">{t('survey.toAnswer')}</State></Point>
      <Point n={2}><Button icon="people">{t('survey.askSafety')}</Button></Point>
    </Picture>
  );
}

function OnePicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><Button kind="main" wide icon="check">{t('survey.quick.can')}</Button><Button wide>{t('survey.quick.cannot')}</Button></Point>
      <Point n={2}><Button icon="edit">{t('survey.inDetail')}</Button></Point>
      <Point n={3}><b>{t('survey.results')}</b> {t('survey.answeredOf', { n: 18, of: 24 })}　<State kind="quiet">{t('survey.silentN', { n: 6 })}</State></Point>
    </Picture>
  );
}

function AnswerPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><b>{t('survey.safety.come')}</b><Button>{t('survey.safety.come.h1')}</Button></Point>
      <Point n={2}><Button kind="main" wide icon="send">{t('survey.send')}</Button></Point>
    </Picture>
  );
}

function NewPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><b>{t('survey.template.stock')}</b></Point>
      <Point n={2}><b>{t('survey.make.drafts')}</b></Point>
    </Picture>
  );
}

function MakePicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><Button icon="plus">{t('survey.kind.one')}</Button></Point>
      <Point n={2}><b>{t('survey.make.when')}</b></Point>
      <Point n={3}><Button tall icon="eye">{t('survey.make.preview')}</Button><Button kind="main" icon="next">{t('survey.make.next')}</Button></Point>
    </Picture>
  );
}

/** What explains the screens of 安否・参集・アンケート. */
export const help: readonly Topic[] = [
  { at: ['/survey'], title: 'survey.entry', says: 'help.survey', steps: ['help.survey.1', 'help.survey.2'], offline: 'reads', picture: ListPicture },
  { at: ['/survey/:survey'], title: 'survey.safety', says: 'help.survey.one', steps: ['help.survey.one.1', 'help.survey.one.2', 'help.survey.one.3'], offline: 'writes', picture: OnePicture },
  { at: ['/survey/:survey/:part'], title: 'survey.doAnswer', says: 'help.survey.answer', steps: ['help.survey.answer.1', 'help.survey.answer.2'], offline: 'writes', picture: AnswerPicture },
  { at: ['/survey/new'], title: 'survey.make.new', says: 'help.survey.new', steps: ['help.survey.new.1', 'help.survey.new.2'], offline: 'writes', picture: NewPicture },
  { at: ['/survey/write/:draft'], title: 'survey.make.title', says: 'help.survey.make', steps: ['help.survey.make.1', 'help.survey.make.2', 'help.survey.make.3'], offline: 'writes', picture: MakePicture },
];
