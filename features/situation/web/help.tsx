import { Nothing, Picture, Point, type Topic } from '@noroshi/foundations/help';
import { Button, CallButton, FourNumbers, OweRow, Owes, PersonRow, State } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';

function BoardPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><Owes><OweRow href="#" state={<State kind="short">{t('situation.state.short')} 6</State>} title={t('help.sample.seiyo')} /></Owes></Point>
      <Point n={2}><Owes><OweRow href="#" state={<State kind="urgent">{t('situation.state.late')}</State>} title={t('help.sample.saijo')} note={t('situation.heard', { time: '07:12' })} /></Owes></Point>
      <Point n={3}><FourNumbers needed={16} committed={10} arrived={4} labels={{ needed: t('request.needed'), committed: t('request.committed'), arrived: t('request.arrived'), short: t('request.short'), surplus: t('request.surplus'), home: t('request.home') }} /></Point>
    </Picture>
  );
}

function TownPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><p>{t('situation.heard', { time: '07:12' })}</p></Point>
      <Point n={2}><ul><PersonRow mark={t('help.sample.seiyoMark')} name={t('help.sample.taro')} post={t('help.sample.deputy')} note="090-0000-0001" end={<CallButton label="" onClick={Nothing} />} /></ul></Point>
      <Point n={3}><Button icon="talk">{t('situation.askTown')}</Button></Point>
    </Picture>
  );
}

function WallPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><State kind="short">{t('help.sample.seiyo')}　{t('situation.state.short')} 6</State></Point>
      <Point n={2}><Button>{t('situation.hold')}</Button><Button icon="close">{t('situation.leave')}</Button></Point>
    </Picture>
  );
}

/** What explains the screens of the situation board. */
export const help: readonly Topic[] = [
  { at: ['/situation', '/situation/:incident'], title: 'situation.title', says: 'help.situation', steps: ['help.situation.1', 'help.situation.2', 'help.situation.3'], offline: 'reads', picture: BoardPicture },
  { at: ['/situation/:incident/:org'], title: 'situation.people', says: 'help.situation.town', steps: ['help.situation.town.1', 'help.situation.town.2', 'help.situation.town.3'], offline: 'reads', picture: TownPicture },
  { at: ['/wall', '/wall/:incident'], title: 'situation.toWall', says: 'help.wall', steps: ['help.wall.1', 'help.wall.2'], offline: 'reads', picture: WallPicture },
];
