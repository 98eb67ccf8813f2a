import { Nothing, Picture, Point, type Topic } from '@noroshi/foundations/help';
import { Button, Icon, OweRow, Owes, State, Stepper } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';

function ListPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><Owes><OweRow href="#" state={<State kind="plain" icon="phone">{t('chase.phone')}</State>} title={t('chase.owe', { name: t('help.sample.taro') })} /></Owes></Point>
      <Point n={2}><p>{t('help.sample.taro')}　<State kind="urgent">{t('talk.unread')}</State></p></Point>
    </Picture>
  );
}

function CardPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><Button kind="main" wide class="ends"><Icon name="phone" />090-0000-0001</Button></Point>
      <Point n={2}><p>{t('help.sample.flooded')}</p></Point>
      <Point n={3}><Button>{t('chase.call.answered')}</Button><Button>{t('chase.call.noAnswer')}</Button></Point>
    </Picture>
  );
}

function LadderPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><b>{t('chase.stepNo', { n: 1 })}</b><Stepper low label="" less="−" more="+" unit={t('chase.minutes')} value={3} onChange={Nothing} /></Point>
      <Point n={2}><Button kind="main" wide>{t('chase.ladderSave')}</Button></Point>
    </Picture>
  );
}

/** What explains the screens of reminding and ringing. */
export const help: readonly Topic[] = [
  { at: ['/chase'], title: 'chase.title', says: 'help.chase', steps: ['help.chase.1', 'help.chase.2'], offline: 'reads', picture: ListPicture },
  { at: ['/chase/:card'], title: 'chase.card', says: 'help.chase.card', steps: ['help.chase.card.1', 'help.chase.card.2', 'help.chase.card.3'], offline: 'writes', picture: CardPicture },
  { at: ['/admin/ladder'], title: 'chase.ladder', says: 'help.chase.ladder', steps: ['help.chase.ladder.1', 'help.chase.ladder.2'], offline: 'writes', picture: LadderPicture, tends: true },
];
