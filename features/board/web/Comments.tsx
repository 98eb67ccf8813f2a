import { Button, EmptyNote, Field, FieldError, SectionHead, State } from '@noroshi/foundations/ui';
import type { Doc } from '@noroshi/foundations/sync';
import { Marks, useLive, useSending, useStair, useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import type { Post } from '../board-post.ts';
import type { Comment } from '../comment.ts';
import { commentOn, withdrawComment } from '../comment-on.ts';
import type { BoardNow } from './known.ts';

/** What was written below a notice, and the place to write. Enter is a new line; what is half written stays on this device. */
export function Comments({ board, post, comments, over }: { board: BoardNow; post: Post; comments: readonly Doc<Comment>[]; over: boolean }) {
  const { t, moment } = useWords();
  const stair = useStair();
  const sending = useSending();
  const place = `board/comment/${post.id}`;
  const { draft: table } = stair.replica.outbox;
  const kept = useLive(async (s) => (await s.replica.outbox.draft.get(place))?.text ?? '', [place]);
  const [typed, type] = useState<string>();
  const text = typed ?? kept ?? '';
  const write = (words: string): void => {
    type(words);
    void (words === '' ? table.delete(place) : table.put({ place, text: words, at: stair.now() }));
  };
  const send = async (): Promise<void> => {
    if (await sending.send(commentOn, { board: board.id, post: post.id, text })) write('');
  };
  return (
    <section>
      <SectionHead title={t('board.comments')} />
      {comments.length === 0 && <EmptyNote>{t('board.commentsNone')}</EmptyNote>}
      <ul class="notice-comments">{comments.map(({ id, value }) => {
        const who = board.byPerson.get(value.by)?.card;
        const name = who ? `${who.orgName} ${who.name}` : t('talk.someone');
        const own = value.by === stair.actor.person;
        return (
          <li key={id}>
            <p><b>{name}</b> <time class="sub">{moment(value.at)}</time>{board.waits(id) && <> <State kind="quiet" icon="clock">{t('home.waits')}</State></>}</p>
            {value.withdrawn ? <p class="sub">{t('board.commentGone')}</p> : <p class="notice-words">{value.text}</p>}
            {!board.waits(id) && <Marks noun="boardComment" id={id} room={board.id} under={post.id} marked={value.redacted !== undefined} />}
            {!value.withdrawn && (own || board.mayWrite) && !board.waits(id) && <Button kind="quiet" class="not-printed" onClick={() => void sending.send(withdrawComment, { board: board.id, post: post.id, comment: id, ...(own ? {} : { tending: true as const }) })}>{t('board.takeBack')}<span class="sr">{t('board.takeBackOf', { name })}</span></Button>}
          </li>
        );
      })}</ul>
      {!over && !board.closed && (
        <div class="form not-printed">
          <Field label={t('board.comment')}>{(wiring) => <textarea {...wiring} maxLength={2_000} value={text} onInput={(e) => write(e.currentTarget.value)} />}</Field>
          {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
          <Button icon="send" busy={sending.busy ? t('board.sending') : undefined} onClick={() => void send()}>{t('board.sendComment')}</Button>
        </div>
      )}
    </section>
  );
}
