import { Button, Field, FieldError, Sheet } from '@noroshi/foundations/ui';
import { useStair, useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { amendPost } from '../amend-post.ts';
import { addPost } from '../hand-over.ts';
import { dutyOfTitle, usualRank } from '../import-columns.ts';
import { duties, type Post } from '../post.ts';
import type { Book } from './book.ts';

/** A desk's title, its part in a disaster, its place in the order, and who stands in. */
export function DeskSheet({ org, desk, book, onClose }: { org: string; desk: Post | undefined; book: Book; onClose: () => void }) {
  const { t, refusal } = useWords();
  const stair = useStair();
  const [title, setTitle] = useState(desk?.title ?? '');
  const [duty, setDuty] = useState<Post['duty']>(desk?.duty ?? 'other');
  const [rank, setRank] = useState(String(desk?.rank ?? usualRank.other));
  const [touched, touch] = useState(desk !== undefined);
  const [deputy, setDeputy] = useState(desk?.deputy ?? '');
  const [trouble, setTrouble] = useState<{ at: 'title' | 'rank' | 'form'; says: string }>();
  const [busy, setBusy] = useState(false);
  const others = book.posts.filter((one) => one.org === org && one.id !== desk?.id).toSorted((a, b) => a.rank - b.rank);
  const error = (at: string): string | undefined => (trouble?.at === at ? trouble.says : undefined);

  const name = (value: string): void => {
    setTitle(value);
    if (touched) return;
    const likely = dutyOfTitle(value);
    setDuty(likely);
    setRank(String(usualRank[likely]));
  };
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    const place = Number(rank.normalize('NFKC'));
    if (!title.trim()) return setTrouble({ at: 'title', says: t('posts.titleMissing') });
    if (!Number.isInteger(place) || place < 0 || place > 99 || rank.trim() === '') return setTrouble({ at: 'rank', says: t('refusal.import.rank') });
    setBusy(true);
    const words = { id: desk?.id ?? stair.newId(), title: title.trim(), duty, rank: place, ...(deputy ? { deputy } : {}) };
    const told = desk ? await stair.send(amendPost, words) : await stair.send(addPost, { ...words, org });
    const answer = told.ok ? await told.answer : told;
    setBusy(false);
    if (answer.ok) onClose();
    else setTrouble({ at: 'form', says: refusal(answer.code, answer.params) });
  };
  return (
    <Sheet title={t(desk ? 'posts.amend' : 'posts.add')} closeLabel={t('app.close')} onClose={onClose} foot={<Button kind="main" wide type="submit" form="desk" busy={busy ? t('account.saving') : undefined}>{t('people.save')}</Button>}>
      <form id="desk" class="form" onSubmit={(event) => void save(event)} noValidate>
        <Field label={t('posts.deskTitle')} hint={t('posts.deskTitleHint')} error={error('title')}>{(wiring) => <input {...wiring} value={title} maxLength={60} onInput={(event) => name(event.currentTarget.value)} />}</Field>
        <Field label={t('posts.duty')}>
          {(wiring) => <select {...wiring} value={duty} onChange={(event) => { touch(true); setDuty(event.currentTarget.value as Post['duty']); }}>{duties.map((one) => <option key={one} value={one}>{t(`duty.kind.${one}`)}</option>)}</select>}
        </Field>
        <Field label={t('posts.rank')} hint={t('posts.rankHint')} error={error('rank')}>{(wiring) => <input {...wiring} inputMode="numeric" value={rank} maxLength={2} onInput={(event) => { touch(true); setRank(event.currentTarget.value); }} />}</Field>
        <Field label={t('posts.deputy')} hint={t('posts.deputyHint')}>
          {(wiring) => (
            <select {...wiring} value={deputy} onChange={(event) => setDeputy(event.currentTarget.value)}>
              <option value="">{t('posts.noDeputy')}</option>
              {others.map((one) => <option key={one.id} value={one.id}>{[one.title, book.personOf(one.holder)?.name].filter(Boolean).join('　')}</option>)}
            </select>
          )}
        </Field>
        {error('form') && <FieldError>{error('form')}</FieldError>}
      </form>
    </Sheet>
  );
}
