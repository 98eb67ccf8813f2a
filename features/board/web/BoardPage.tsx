import { Bar, Button, Chips, EmptyNote, Loading, Page } from '@noroshi/foundations/ui';
import { useFrame, useLive, useLoaded, useRooms, useStair, useWords, WhenWhole, type WebRoom } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { BoardList } from './BoardList.tsx';
import { readBoards } from './known.ts';
import './board.css';

/** 掲示板: the notices meant for me. */
export default function BoardPage() {
  const { t, language } = useWords();
  const frame = useFrame();
  const { actor } = useStair();
  const rooms = useRooms();
  const known = useLive((stair) => readBoards(stair, language), [language]);
  const [chosen, choose] = useState<string>();
  const board = known?.boards.find(({ id }) => id === chosen) ?? known?.boards[0];
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} list={frame.rooms}
      head={<><Bar title={t('board.title')} subtitle={board?.name} back={{ label: t('app.back'), href: '/more' }} actions={board?.mayWrite && <Button kind="main" low icon="edit" href={`/board/write?board=${board.id}`}>{t('board.write')}</Button>} />{frame.bands}</>}>
      {!known && <Loading>{t('app.loading')}</Loading>}
      {known && !board && <WhenWhole><EmptyNote>{t('board.noBoards')}</EmptyNote></WhenWhole>}
      {known && known.boards.length > 1 && <div class="form"><Chips legend={t('board.which')} quiet value={board!.id} onChange={choose} choices={known.boards.map(({ id, name }) => ({ value: id, label: name }))} /></div>}
      {known && board && <BoardList key={board.id} known={known} board={board} />}
      {board && rooms.flatMap(({ aboutPlace = [] }) => aboutPlace.map((load, i) => <About key={`${board.id}${i}`} load={load} board={board.id} />))}
      {actor.role === 'administrator' && <div class="board-tend">{board && <Button icon="gear" href={`/board/settings?board=${board.id}`}>{t('board.settings')}</Button>}<Button icon="plus" href="/board/open">{t('board.open')}</Button></div>}
    </Page>
  );
}

/** What another room of the house has to say of this board. */
function About({ load, board }: { load: NonNullable<WebRoom['aboutPlace']>[number]; board: string }) {
  const Shown = useLoaded(load);
  return Shown ? <Shown room={board} /> : null;
}
