import { AttachedFiles } from './AttachedFiles.tsx';
import { Bar, Button, DrillFrame, DrillWord, EmptyNote, Field, FieldError, IconLine, Loading, Page, Pane, Sheet, State, Tag } from '@noroshi/foundations/ui';
import { Marks, useFrame, useLive, useNow, useSending, useStair, useWords, WhenWhole, type PageProps } from '@noroshi/foundations/web';
import { isCounted } from '@noroshi/foundations/sync';
import { useRef, useState } from 'preact/hooks';
import { isOver } from '../board-post.ts';
import { pinPost, withdrawPost } from '../tend-post.ts';
import { Answers } from './Answers.tsx';
import { BoardList } from './BoardList.tsx';
import { Comments } from './Comments.tsx';
import { authorOf, readBoards, type BoardNow, type Known, type PostDoc } from './known.ts';
import { Readers } from './Readers.tsx';
import { RichText } from './RichText.tsx';
import { useReading } from './use-reading.ts';
import './board.css';

/** One notice: what it says, its buttons, what was written below it; for those who write, who has read it. */
export default function PostPage({ params }: PageProps) {
  const { t, language } = useWords();
  const frame = useFrame();
  const known = useLive((stair) => readBoards(stair, language), [language]);
  const board = known?.boards.find(({ id }) => id === params['board']);
  const doc = board?.posts.find(({ id }) => id === params['notice']);
  if (known && board && doc) return <Notice key={doc.id} known={known} board={board} doc={doc} />;
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} list={frame.rooms} head={<><Bar title={t('board.title')} back={{ label: t('app.back'), href: '/board' }} />{frame.bands}</>}>
      {known ? <WhenWhole><EmptyNote>{t('refusal.board.postNotFound')}</EmptyNote></WhenWhole> : <Loading>{t('app.loading')}</Loading>}
    </Page>
  );
}

function Notice({ known, board, doc }: { known: Known; board: BoardNow; doc: PostDoc }) {
  const { t, moment, beside, between } = useWords();
  const frame = useFrame();
  const { value } = doc;
  const stair = useStair();
  const now = useNow();
  const article = useRef<HTMLElement>(null);
  const waits = board.waits(value.id);
  useReading(board.id, waits || value.withdrawn || board.hasRead(doc) ? undefined : doc.born, article);
  const over = isOver(value, now);
  const category = board.categories.find(({ id }) => id === value.category)?.name;
  const isLate = value.must !== undefined && value.must.due <= now;
  const isAsked = board.me !== undefined && isCounted(board.me, doc.born) && value.by !== stair.actor.person;
  const showsReaders = value.must !== undefined && !value.withdrawn && board.mayWrite && !waits;
  const list = (
    <Pane at="list" label={t('board.title')} head={<Bar level={2} title={t('board.title')} subtitle={board.name} actions={board.mayWrite && <Button icon="edit" href={`/board/write?board=${board.id}`}>{t('board.write')}</Button>} />}>
      <BoardList known={known} board={board} current={value.id} />
    </Pane>
  );
  const page = (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} list={list} show={showsReaders ? 'main side' : 'main'}
      side={showsReaders && <Readers board={board} doc={doc} />}
      head={<>
        <Bar title={<>{value.drill && <DrillWord>{t('app.drillMark')}</DrillWord>}{board.name}</>} subtitle={category} back={{ label: t('app.back'), href: '/board', phoneOnly: true }}
          actions={<Button icon="print" onClick={() => print()}>{t('board.print')}</Button>} />
        {!value.drill && frame.bands}
      </>}>
      <article class="notice" ref={article}>
        {value.withdrawn ? <>
          <h2>{t('board.withdrawn')}</h2>
          <p class="sub">{t('board.withdrawnBy', { name: board.byPerson.get(value.withdrawn.by)?.card.name ?? t('talk.someone'), time: moment(value.withdrawn.at) })}</p>
          {value.withdrawn.reason && <p>{t('board.reason', { reason: value.withdrawn.reason })}</p>}
        </> : <>
          {value.must && <p class="notice-must"><Tag kind={over ? 'plain' : 'must'}>{t('board.must')}</Tag> <span>{t(isLate ? 'board.mustLate' : 'board.mustBy', { time: moment(value.must.due) })}</span></p>}
          <h2>{value.title || (value.redacted ? t('note.keeping.redacted') : '')}</h2>
          <p class="sub">
            {authorOf(known, board, value.by, value.org)}{between}<time>{moment(value.at)}</time>
            {value.rev > 1 && <>{between}{t('board.rev', { n: value.rev })}（{t('board.amendedAt', { time: moment(value.amended!.at) })}）</>}
          </p>
          {value.until !== undefined && <p class="sub">{t(over ? 'board.overAt' : 'board.endsAt', { time: moment(value.until) })}</p>}
          {waits && <p><State kind="quiet" icon="clock">{t('board.waiting')}</State></p>}
          <RichText body={value.body} />
          {value.attachments && <AttachedFiles files={value.attachments} at={value} />}
          {value.missing && <IconLine icon="doc">{t('board.missing', { names: beside(value.missing) })}</IconLine>}
        </>}
        {!waits && <Marks noun="boardPost" id={value.id} room={board.id} marked={value.redacted !== undefined} />}
      </article>
      {!value.withdrawn && <div class="notice-below">
        {value.must && !over && isAsked && <Answers board={board.id} post={value} />}
        {value.comments && <Comments board={board} post={value} comments={board.comments.filter((one) => one.value.post === value.id)} over={over} />}
        {board.mayWrite && !waits && <Tending board={board} doc={doc} over={over} />}
      </div>}
      <p class="printed-only">{t('board.printed', { time: moment(now) })}</p>
    </Page>
  );
  return value.drill ? <DrillFrame band={t('incident.drillBand')}>{page}</DrillFrame> : page;
}

/** What those who write can do to it. */
function Tending({ board, doc: { value }, over }: { board: BoardNow; doc: PostDoc; over: boolean }) {
  const { t } = useWords();
  const sending = useSending();
  const [asks, ask] = useState(false);
  const [reason, write] = useState('');
  const on = { board: board.id, post: value.id };
  return (
    <div class="notice-tend not-printed">
      {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
      <Button icon="edit" href={`/board/write?board=${board.id}&post=${value.id}`}>{t('board.amend', { n: value.rev + 1 })}</Button>
      {!over && <Button icon="star" pressed={value.pinned ?? false} onClick={() => void sending.send(pinPost, { ...on, on: !value.pinned })}>{t(value.pinned ? 'board.unpin' : 'board.pin')}</Button>}
      <Button kind="quiet" class="danger" onClick={() => ask(true)}>{t('board.withdraw')}</Button>
      {asks && (
        <Sheet title={t('board.withdrawReally')} closeLabel={t('app.close')} onClose={() => ask(false)}
          foot={<Button kind="danger" wide busy={sending.busy ? t('board.sending') : undefined} onClick={async () => { if (await sending.send(withdrawPost, { ...on, ...(reason.trim() ? { reason: reason.trim() } : {}) })) ask(false); }}>{t('board.withdraw')}</Button>}>
          <div class="form">
            <p>{t('board.withdrawSays')}</p>
            <Field label={t('board.withdrawWhy')}>{(wiring) => <input {...wiring} maxLength={200} value={reason} onInput={(e) => write(e.currentTarget.value)} />}</Field>
          </div>
        </Sheet>
      )}
    </div>
  );
}
