import { isMunicipality, type Incident } from '@noroshi/features/incident';
import { readBook, type Book } from '@noroshi/features/directory/web';
import { Button, CallButton, Field, FieldError, ItemRow, SectionHead, State } from '@noroshi/foundations/ui';
import { useLive, useStair, useWords, type Sending } from '@noroshi/foundations/web';
import type { Id } from '@noroshi/foundations/kernel';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { DispatchRequest } from '../dispatch-request.ts';
import { answerOf, sumsOf } from '../sums.ts';
import { invite } from '../invite.ts';
import { takeOver } from '../take-over.ts';
import type { Names } from './known.ts';

/** Who is rung first in a town: whoever holds its desk for disasters, else its highest. */
function contactOf(book: Book, org: Id): Book['people'][number] | undefined {
  const desk = book.posts.filter((one) => one.org === org && one.duty === 'disaster' && one.holder).toSorted((a, b) => a.rank - b.rank)[0];
  return book.personOf(desk?.holder) ?? book.peopleOf(org)[0];
}

/** Those of the plan who have given no last word on what is short, in the plan's order. */
function silentOf(request: DispatchRequest): Id[] {
  const lacking = sumsOf(request).lines.filter((l) => l.short > 0);
  return [request.supporters.primary, ...request.supporters.secondaries, ...(request.invited ?? []).map((one) => one.org)].filter((org) => lacking.some((l) => {
    const said = answerOf(request, l.line.id, org, l.wave);
    return !said || said.considering !== undefined;
  }));
}

/**
 * What headquarters can do about what is short: say who sees to it, ring those who have not answered, ask a town outside
 * the group, take it up to the nation. Nowhere here does the row at home end in nothing to do.
 */
export function StepIn({ request, names, event, sending, asks = false, children }: { request: DispatchRequest; names: Names; event: Incident | undefined; sending: Sending; /** One came to ask a town beyond the group. */ asks?: boolean; children?: ComponentChildren }) {
  const { t, language } = useWords();
  const { person } = useStair().actor;
  const book = useLive(readBook);
  const [asked, ask] = useState<Id>();
  const mine = request.inHand?.by === person;
  const silent = silentOf(request);
  const others = book?.organizations.filter((one) => isMunicipality(one) && one.id !== request.org && !event?.affected.includes(one.id)
    && one.id !== request.supporters.primary && !request.supporters.secondaries.includes(one.id) && !request.invited?.some(({ org }) => org === one.id)) ?? [];
  const choice = useRef<HTMLSelectElement>(null);
  useEffect(() => { if (asks) choice.current?.focus(); }, [asks, others.length > 0]);
  const contact = book && asked ? contactOf(book, asked) : undefined;
  return (
    <section aria-labelledby="step-in">
      <SectionHead id="step-in" title={t('request.stepIn')} />
      <div class="form request-step-in">
        {!mine && <Button kind="main" wide icon="check" busy={sending.busy ? t('request.sending') : undefined} onClick={() => sending.send(takeOver, { room: request.room, request: request.id })}>{t('request.takeOver')}</Button>}
        {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
        {book && silent.length > 0 && (
          <details open={silent.length < 3}>
            <summary class="link">{t('request.stepIn.call', { n: silent.length })}</summary>
            <ul>
              {silent.map((org) => {
                const who = contactOf(book, org);
                const number = who?.phones[0]?.number;
                return (
                  <ItemRow key={org} end={who && number && <CallButton href={`tel:${number}`} label={t('talk.callWho', { name: who.name, number })} />}>
                    <b>{names.org(org)}</b> <State kind="quiet">{t(request.receipts[org] ? 'request.cell.heard' : 'request.cell.none')}</State>
                    <p class="sub">{who ? [book.postsOf(who.id)[0]?.title, who.name].filter(Boolean).join(' ') : t('request.stepIn.nobody')}</p>
                  </ItemRow>
                );
              })}
            </ul>
          </details>
        )}
        {others.length > 0 && (
          <Field label={t('request.stepIn.ask')}>{(wiring) => (
            <select {...wiring} ref={choice} value={asked ?? ''} onChange={(e) => ask(e.currentTarget.value || undefined)}>
              <option value="">{t('request.stepIn.choose')}</option>
              {others.map((one) => <option key={one.id} value={one.id}>{language === 'en' && one.romaji ? one.romaji : one.name}</option>)}
            </select>
          )}</Field>
        )}
        {asked && (
          <Button kind="strong" wide icon="people" busy={sending.busy ? t('request.sending') : undefined}
            onClick={async () => { if (await sending.send(invite, { room: request.room, request: request.id, incident: request.incident, org: asked })) ask(undefined); }}>
            {t('request.invite', { org: names.org(asked), short: sumsOf(request).total.short })}
          </Button>
        )}
        {asked && <p class="sub">{t('request.inviteSays')}</p>}
        {asked && (contact
          ? <Button wide icon="talk" href={`/talk/new?person=${contact.id}`}>{t('request.stepIn.talk', { org: names.org(asked), name: contact.name })}</Button>
          : <p class="sub" role="status">{t('request.stepIn.nobody')}</p>)}
        {children}
      </div>
    </section>
  );
}
