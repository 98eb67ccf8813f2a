import { Button, Field, FieldError, Sheet } from '@noroshi/foundations/ui';
import { useStair, useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { handOver } from '../hand-over.ts';
import type { Post } from '../post.ts';
import type { Book } from './book.ts';

/** A desk changes hands: who sits there next, and what happens by it, before it happens. */
export function HandOverSheet({ desk, book, onClose }: { desk: Post; book: Book; onClose: () => void }) {
  const { t, refusal, beside } = useWords();
  const stair = useStair();
  const holder = book.personOf(desk.holder);
  const [next, setNext] = useState<string>();
  const [trouble, setTrouble] = useState<string>();
  const [busy, setBusy] = useState(false);
  const others = book.peopleOf(desk.org).filter((who) => who.id !== desk.holder && who.role !== 'guest');
  const to = next && next !== 'nobody' ? book.personOf(next) : undefined;
  const stillHolds = holder && book.posts.some((one) => one.holder === holder.id && one.id !== desk.id);

  const act = async (): Promise<void> => {
    if (busy || !next) return;
    setBusy(true);
    setTrouble(undefined);
    const told = await stair.send(handOver, { post: desk.id, ...(desk.holder ? { from: desk.holder } : {}), ...(to ? { to: to.id } : {}) });
    const answer = told.ok ? await told.answer : told;
    setBusy(false);
    if (answer.ok) onClose();
    else setTrouble(refusal(answer.code, answer.params));
  };
  return (
    <Sheet
      title={t(holder ? 'posts.handOverOf' : 'posts.fillOf', { title: desk.title })}
      closeLabel={t('app.close')}
      onClose={onClose}
      foot={<Button kind="main" wide disabled={!next} busy={busy ? t('account.saving') : undefined} onClick={() => void act()}>{to ? t('posts.handTo', { name: to.name }) : next === 'nobody' ? t('posts.leaveEmpty') : t('posts.choose')}</Button>}
    >
      <div class="form">
        <Field label={t('posts.who')}>
          {(wiring) => (
            <select {...wiring} value={next ?? ''} onChange={(event) => setNext(event.currentTarget.value || undefined)}>
              <option value="">{t('posts.choose')}</option>
              {others.map((who) => <option key={who.id} value={who.id}>{`${who.name}（${beside(book.postsOf(who.id).map((p) => p.title)) || t('people.noPostShort')}）`}</option>)}
              {holder && <option value="nobody">{t('posts.nobodyYet')}</option>}
            </select>
          )}
        </Field>
        <p class="sub">{t('posts.notThere')} <a class="link" href={`/admin/people/new?org=${desk.org}&post=${desk.id}`}>{t('posts.addPerson')}</a></p>
        {next && (
          <section aria-labelledby="happens">
            <h3 id="happens">{t('posts.happens')}</h3>
            <ul class="does">
              {to && <li>{t('posts.inherits', { name: to.name })}</li>}
              {holder && !stillHolds && <li>{t('posts.closes', { name: holder.name })}</li>}
              {holder && stillHolds && <li>{t('posts.keeps', { name: holder.name })}</li>}
              {holder && <li>{t('posts.wordsStay', { name: holder.name })}</li>}
              {holder && !stillHolds && <li>{t('posts.accountStays', { name: holder.name })}</li>}
              {!to && <li>{t('posts.emptyMeans')}</li>}
            </ul>
          </section>
        )}
        {trouble && <FieldError>{trouble}</FieldError>}
      </div>
    </Sheet>
  );
}
