import { EmptyNote, Icon, RoomRow, SectionHead, State, Tag } from '@noroshi/foundations/ui';
import { useNow, useStair, useWords, WhenWhole } from '@noroshi/foundations/web';
import type { Id } from '@noroshi/foundations/kernel';
import { isCounted } from '@noroshi/foundations/sync';
import { useState } from 'preact/hooks';
import { asksOf, isOver } from '../board-post.ts';
import type { BoardNow, Known, PostDoc } from './known.ts';
import { authorOf } from './known.ts';

/** The notices of one board: what is pinned first, then the newest; below them what is still to be posted and what has ended. */
export function BoardList({ known, board, current }: { known: Known; board: BoardNow; current?: Id | undefined }) {
  const { t, moment } = useWords();
  const now = useNow();
  const [category, choose] = useState('');
  const inCategory = ({ value }: PostDoc): boolean => category === '' || value.category === category;
  const standing = board.posts.filter((doc) => !isOver(doc.value, now) && inCategory(doc));
  const ended = board.posts.filter((doc) => isOver(doc.value, now) && inCategory(doc));
  return (
    <div class="board-list">
      {board.categories.length > 1 && (
        <div class="board-filter not-printed">
          <label class="sr" for={`category-${board.id}`}>{t('board.category')}</label>
          <select class="input" id={`category-${board.id}`} value={category} onChange={(e) => choose(e.currentTarget.value)}>
            <option value="">{t('board.allCategories')}</option>
            {board.categories.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
          </select>
        </div>
      )}
      {standing.length === 0 && <WhenWhole><EmptyNote>{t('board.none')}</EmptyNote></WhenWhole>}
      {standing.map((doc) => <PostRow key={doc.id} known={known} board={board} doc={doc} current={doc.id === current} />)}
      {board.plans.length > 0 && (
        <section>
          <SectionHead title={t('board.planned')} aside={t('board.plannedSays')} />
          {board.plans.map((plan) => <RoomRow key={plan.id} href={`/board/write?board=${board.id}&plan=${plan.id}`} mark={<Icon name="clock" />} name={plan.title} tags={<> <Tag kind="guess">{t('board.plannedAt', { time: moment(plan.due) })}</Tag></>} />)}
        </section>
      )}
      {ended.length > 0 && (
        <details class="board-over">
          <summary>{t('board.over')}（{ended.length}）</summary>
          <p class="sub">{t('board.overSays')}</p>
          {ended.map((doc) => <PostRow key={doc.id} known={known} board={board} doc={doc} current={doc.id === current} />)}
        </details>
      )}
    </div>
  );
}

function PostRow({ known, board, doc, current }: { known: Known; board: BoardNow; doc: PostDoc; current: boolean }) {
  const { t, moment, day, time, dayNumber, beside } = useWords();
  const stair = useStair();
  const now = stair.now();
  const { value } = doc;
  const asks = asksOf(value, stair.actor.person, now) && (!board.me || isCounted(board.me, doc.born));
  const over = isOver(value, now);
  const unread = !over && !board.hasRead(doc) && board.me !== undefined && isCounted(board.me, doc.born);
  const category = board.categories.find(({ id }) => id === value.category)?.name;
  return (
    <RoomRow href={`/board/${board.id}/${value.id}`} current={current} mark={<Icon name={value.pinned ? 'star' : 'board'} />}
      name={value.withdrawn ? t('board.withdrawn') : value.title || t('note.keeping.redacted')}
      tags={<>
        {value.drill && <> <Tag kind="drill">{t('home.drill')}</Tag></>}
        {value.pinned && !over && <> <Tag>{t('board.pinned')}</Tag></>}
        {value.must && !over && <> <Tag kind={asks ? 'must' : 'plain'}>{t('board.must')}</Tag> <span class="board-due">{t('board.byShort', { time: moment(value.must.due) })}</span></>}
      </>}
      says={beside([category, authorOf(known, board, value.by, value.org)])}
      time={<time>{dayNumber(value.at) === dayNumber(now) ? time(value.at) : day(value.at)}</time>}
      end={board.waits(value.id) ? <State kind="quiet" icon="clock">{t('home.waits')}</State> : unread ? <State kind="doing">{t('board.unread')}</State> : undefined} />
  );
}
