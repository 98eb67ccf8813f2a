import { Nothing, Picture, Point, type Topic } from '@noroshi/foundations/help';
import { Button, Chips, FourNumbers, OweRow, Owes, RequestLine, State, Stepper, ToggleChips } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import { fourWords } from './words.ts';
import './request.css';

function ListPicture() {
  const words = useWords();
  const { t } = words;
  return (
    <Picture>
      <Point n={1}><Owes><OweRow href="#" state={<State kind="short">{t('request.answer')}</State>} age={t('home.until', { time: '08:10', n: 23 })} title={t('help.sample.seiyo')} note={`${t('request.dutyShort.shelter')} ${t('request.people', { n: 12 })}`} /></Owes></Point>
      <Point n={2}><FourNumbers needed={16} committed={10} arrived={4} labels={fourWords(words)} /></Point>
      <Point n={3}><Button kind="main" wide icon="plus">{t('request.ask.title')}</Button></Point>
    </Picture>
  );
}

const Duty = ({ n }: { n: number }) => {
  const { t } = useWords();
  const name = t('request.dutyShort.shelter');
  return <><b>{name}</b><Stepper low label={name} less="−" more="+" value={n} onChange={Nothing} /></>;
};

function AskPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><ToggleChips quiet legend={t('request.ask.what')} values={['shelter']} onChange={Nothing} choices={[{ value: 'shelter', label: t('request.dutyShort.shelter') }, { value: 'water', label: t('request.dutyShort.water') }]} /></Point>
      <Point n={2}><Duty n={12} /></Point>
      <Point n={3}><Button kind="main" wide icon="send">{t('request.ask.send', { count: 12 })}</Button></Point>
    </Picture>
  );
}

function OnePicture() {
  const words = useWords();
  const { t } = words;
  return (
    <Picture>
      <Point n={1}>
        <FourNumbers needed={12} committed={8} arrived={3} labels={fourWords(words)} />
        <RequestLine name={t('request.dutyShort.shelter')} words={t('request.people', { n: 12 })} needed={12} committed={8} arrived={3} label="" />
      </Point>
      <Point n={2}><Button wide icon="check">{t('request.receive')}</Button></Point>
      <Point n={3}><Button kind="main" wide>{t('request.answer')}</Button></Point>
    </Picture>
  );
}

function AnswerPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><Chips quiet legend="" value="commit" onChange={Nothing} choices={[{ value: 'commit', label: t('request.pledge.commit'), whole: true }, { value: 'consider', label: t('request.pledge.consider') }, { value: 'decline', label: t('request.pledge.decline') }]} /></Point>
      <Point n={2}><Duty n={8} /></Point>
      <Point n={3}><Button kind="main" wide>{t('request.pledge.commitMain', { count: 8 })}</Button></Point>
    </Picture>
  );
}

function RevisePicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><Duty n={16} /></Point>
      <Point n={2}><span class="link">{t('request.revise.changes', { n: 1 })}</span></Point>
      <Point n={3}><Button kind="main" wide>{t('request.revise.main', { rev: 2 })}</Button></Point>
    </Picture>
  );
}

/** What explains the screens of requests. */
export const help: readonly Topic[] = [
  { at: ['/request'], title: 'request.list.title', says: 'help.request.list', steps: ['help.request.list.1', 'help.request.list.2', 'help.request.list.3'], offline: 'reads', picture: ListPicture },
  { at: ['/request/new'], title: 'request.ask.title', says: 'help.request.new', steps: ['help.request.new.1', 'help.request.new.2', 'help.request.new.3', 'help.request.new.4'], offline: 'writes', picture: AskPicture },
  { at: ['/request/:request'], title: 'request.title', says: 'help.request.one', steps: ['help.request.one.1', 'help.request.one.2', 'help.request.one.3'], offline: 'writes', picture: OnePicture },
  { at: ['/request/:request/answer'], title: 'request.answer', says: 'help.request.answer', steps: ['help.request.answer.1', 'help.request.answer.2', 'help.request.answer.3'], offline: 'writes', picture: AnswerPicture },
  { at: ['/request/:request/revise'], title: 'help.request.revise.title', says: 'help.request.revise', steps: ['help.request.revise.1', 'help.request.revise.2', 'help.request.revise.3'], offline: 'writes', picture: RevisePicture },
];
