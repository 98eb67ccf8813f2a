import { fromLocal, toLocal } from '@noroshi/foundations/kernel';
import { Button, CallButton, Field, FieldError, Icon, ItemRow, SectionHead, Sheet, State } from '@noroshi/foundations/ui';
import { useLine, useNow, useSending, useStair, useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { setAway } from '../add-person.ts';
import { mayRule, mayTend } from '../may-administer.ts';
import { awayNow, type Person } from '../person.ts';
import { nameFor, type Book } from './book.ts';

/** 不在: until when someone is away, who stands in and by which number; and where they say so, or who tends them. */
export function AwayPart({ who, book }: { readonly who: Person; readonly book: Book }) {
  const { t, moment } = useWords();
  const { actor } = useStair();
  const now = useNow();
  const [asks, ask] = useState(false);
  const away = awayNow(who, now);
  const later = !away && who.away?.until !== undefined && who.away.until > now ? who.away : undefined;
  const standIn = book.personOf((away ?? later)?.standIn);
  const may = who.role !== 'guest' && (who.id === actor.person || (who.role === 'administrator' ? mayRule(actor) : mayTend(actor, who.org)).ok);
  if (!away && !later && !may) return null;
  const number = standIn?.phones.find(({ priority }) => !priority) ?? standIn?.phones[0];
  return (
    <section class="form" aria-labelledby="away">
      <SectionHead id="away" title={t('people.awayTitle')} />
      <div role="status">
        {away && <p><State kind="short" icon="clock">{t('people.away', { time: moment(away.until) })}</State></p>}
        {later && <p><State kind="quiet" icon="calendar">{t('people.awayFrom', { from: moment(later.from ?? 0), time: moment(later.until!) })}</State></p>}
        {!away && !later && <p class="sub">{t('people.awayNot')}</p>}
        {(away || later) && !standIn && <p class="sub">{t('people.standInNobody')}</p>}
      </div>
      {(away || later) && standIn && (
        <ul>
          <ItemRow start={<Icon name="people" />} end={number && <CallButton href={`tel:${number.number}`} label={t('people.call', { name: standIn.name, kind: t(`phone.${number.kind}`) })} />}>
            <p>{t('people.standIn')} <a class="link" href={`/people/${standIn.id}`}>{standIn.name}</a></p>
            <p class="sub">{book.postsOf(standIn.id)[0]?.title} {number && <span class="number-whole">{number.number}</span>}</p>
          </ItemRow>
        </ul>
      )}
      {may && <Button icon="edit" onClick={() => ask(true)}>{t(away || later ? 'people.awayAmend' : 'people.awaySet')}</Button>}
      {asks && <AwaySheet who={who} book={book} stands={Boolean(away ?? later)} onClose={() => ask(false)} />}
    </section>
  );
}

function AwaySheet({ who, book, stands, onClose }: { readonly who: Person; readonly book: Book; readonly stands: boolean; readonly onClose: () => void }) {
  const { t, language } = useWords();
  const stair = useStair();
  const line = useLine();
  const sending = useSending();
  const desk = book.postsOf(who.id)[0];
  const deputy = book.posts.find(({ id }) => id === desk?.deputy)?.holder;
  const [until, setUntil] = useState(stands ? toLocal(who.away?.until) : '');
  const [from, setFrom] = useState(stands ? toLocal(who.away?.from) : '');
  const [other, choose] = useState((stands ? who.away?.standIn : undefined) ?? deputy ?? '');
  const [pressed, press] = useState(false);
  const at = fromLocal(until);
  const wrong = at === undefined ? t('people.awayUntilMissing') : at <= stair.now() ? t('refusal.directory.awayOver') : undefined;
  const orgs = [who.org, ...book.organizations.map(({ id }) => id).filter((id) => id !== who.org)];
  const save = async (): Promise<void> => {
    press(true);
    if (wrong) return;
    const begins = fromLocal(from);
    if (await sending.send(setAway, { person: who.id, until: at, ...(begins === undefined ? {} : { from: begins }), ...(other ? { standIn: other } : {}) })) onClose();
  };
  const back = async (): Promise<void> => {
    if (await sending.send(setAway, { person: who.id })) onClose();
  };
  return (
    <Sheet title={t('people.awayOf', { name: who.name })} closeLabel={t('app.close')} onClose={onClose}
      foot={<Button kind="main" wide busy={sending.busy ? t('account.saving') : undefined} onClick={() => void save()}>{t(line.state === 'open' ? 'people.awaySave' : 'people.awayKeep')}</Button>}>
      <div class="form">
        <p class="sub">{t('people.awaySays')}</p>
        <Field label={t('people.awayUntil')} error={pressed ? wrong : undefined}>{(wiring) => <input {...wiring} type="datetime-local" value={until} onInput={(event) => setUntil(event.currentTarget.value)} />}</Field>
        <Field label={t('people.awayBegins')} hint={t('people.awayBeginsHint')}>{(wiring) => <input {...wiring} type="datetime-local" value={from} onInput={(event) => setFrom(event.currentTarget.value)} />}</Field>
        <Field label={t('people.standIn')} hint={t('people.standInHint')}>
          {(wiring) => (
            <select {...wiring} value={other} onChange={(event) => choose(event.currentTarget.value)}>
              <option value="">{t('people.standInNone')}</option>
              {orgs.map((org) => {
                const people = book.peopleOf(org).filter((one) => one.id !== who.id && one.role !== 'guest');
                return people.length > 0 && <optgroup key={org} label={nameFor(language, book.orgOf(org))}>{people.map((one) => <option key={one.id} value={one.id}>{[one.name, book.postsOf(one.id)[0]?.title].filter(Boolean).join('　')}</option>)}</optgroup>;
              })}
            </select>
          )}
        </Field>
        {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
        {stands && <Button icon="undo" onClick={() => void back()}>{t('people.awayBack')}</Button>}
      </div>
    </Sheet>
  );
}
