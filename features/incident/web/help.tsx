import { Nothing, Picture, Point, type Topic } from '@noroshi/foundations/help';
import { Button, Chips, Icon, IconLine, ItemRow, Mark, RoomRow, State, Tag, TileMap, type Tile } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';

function ListPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><RoomRow mark={<Icon name="square" />} hit name={t('help.sample.flood')} says={t('incident.hitTowns', { towns: t('help.sample.seiyo') })} /></Point>
      <Point n={2}><RoomRow mark={<Icon name="flag" />} name={t('help.sample.drill')} tags={<Tag kind="drill">{t('incident.drill')}</Tag>} /></Point>
      <Point n={3}><Button kind="main" wide icon="plus">{t('incident.open.title')}</Button></Point>
    </Picture>
  );
}

function Towns() {
  const { t } = useWords();
  const tiles: readonly Tile[] = [
    { id: 'a', name: t('help.sample.saijo'), shortName: t('help.sample.saijo'), row: 1, column: 3, state: 'first', word: t('incident.tile.primary') },
    { id: 'b', name: t('help.sample.iyo'), shortName: t('help.sample.iyo'), row: 1, column: 2, state: 'second', word: t('incident.tile.secondary') },
    { id: 'c', name: t('help.sample.seiyo'), shortName: t('help.sample.seiyo'), row: 2, column: 1, state: 'hit', word: t('incident.part.affected') },
  ];
  return <TileMap label="" columns={3} tiles={tiles} />;
}

function OpenPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><Chips quiet legend={t('incident.open.which')} value="real" onChange={Nothing} choices={[{ value: 'real', label: t('incident.real') }, { value: 'drill', label: t('incident.drill') }]} /></Point>
      <Point n={2}><Towns /></Point>
      <Point n={3}><Button kind="main" wide>{t('incident.open.main', { n: 1 })}</Button></Point>
    </Picture>
  );
}

function OnePicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><ul><ItemRow><b>{t('incident.role.decide', { minutes: 30 })}</b></ItemRow></ul></Point>
      <Point n={2}><Button kind="main" wide icon="talk">{t('incident.page.toTalk', { room: t('help.sample.groupC') })}</Button></Point>
      <Point n={3}><Towns /></Point>
    </Picture>
  );
}

function WidenPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><Towns /></Point>
      <Point n={2}><p>{t('incident.widen.changes')}</p></Point>
      <Point n={3}><Button kind="main" wide>{t('incident.widen.main', { towns: t('help.sample.seiyo') })}</Button></Point>
    </Picture>
  );
}

function PlanPicture() {
  const { t, beside } = useWords();
  return (
    <Picture>
      <Point n={1}><span class="row"><Mark hit>{t('help.sample.seiyoMark')}</Mark><b>{t('help.sample.seiyo')}</b><Icon name="to" />{beside([t('help.sample.saijo'), t('help.sample.iyo')])}</span></Point>
      <Point n={2}><span><Tag kind="guess">{t('incident.assumed')}</Tag></span></Point>
      <Point n={3}><Button kind="main" wide icon="edit">{t('plan.edit')}</Button></Point>
    </Picture>
  );
}

function EditPicture() {
  const { t, beside } = useWords();
  return (
    <Picture>
      <Point n={1}><RoomRow mark={t('help.sample.seiyoMark')} name={t('help.sample.seiyo')} says={beside([t('help.sample.saijo'), t('help.sample.iyo')])} end={<Icon name="edit" />} /></Point>
      <Point n={2}><IconLine icon="check">{t('plan.noProblems')}</IconLine></Point>
      <Point n={3}><State kind="quiet">{t('plan.fromField')}</State><Button kind="main" wide>{t('plan.save', { n: 2 })}</Button></Point>
    </Picture>
  );
}

/** What explains the screens of a disaster and of the support plan. */
export const help: readonly Topic[] = [
  { at: ['/incident'], title: 'incident.page.list', says: 'help.incident.list', steps: ['help.incident.list.1', 'help.incident.list.2', 'help.incident.list.3'], offline: 'reads', picture: ListPicture },
  { at: ['/incident/open'], title: 'incident.open.title', says: 'help.incident.open', steps: ['help.incident.open.1', 'help.incident.open.2', 'help.incident.open.3'], offline: 'writes', picture: OpenPicture },
  { at: ['/incident/:incident'], title: 'incident.page.towns', says: 'help.incident.one', steps: ['help.incident.one.1', 'help.incident.one.2', 'help.incident.one.3'], offline: 'reads', picture: OnePicture },
  { at: ['/incident/:incident/widen'], title: 'incident.widen.title', says: 'help.incident.widen', steps: ['help.incident.widen.1', 'help.incident.widen.2', 'help.incident.widen.3'], offline: 'writes', picture: WidenPicture },
  { at: ['/plan'], title: 'plan.title', says: 'help.plan', steps: ['help.plan.1', 'help.plan.2', 'help.plan.3'], offline: 'reads', picture: PlanPicture },
  { at: ['/plan/edit'], title: 'plan.editTitle', says: 'help.plan.edit', steps: ['help.plan.edit.1', 'help.plan.edit.2', 'help.plan.edit.3'], offline: 'writes', picture: EditPicture, tends: true },
];
