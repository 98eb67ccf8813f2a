import { awayNow, organization, person, type Organization, type Person } from '@noroshi/features/directory';
import type { Asked } from '@noroshi/foundations/asked';
import type { Duty } from '@noroshi/foundations/duty';
import type { Id } from '@noroshi/foundations/kernel';
import { Band, Bar, Button, DrillFrame, DrillWord, EmptyNote, Field, FieldError, Icon, IconLine, Loading, Mark, OweRow, Owes, Page, SectionHead, State } from '@noroshi/foundations/ui';
import { Marks, useFrame, useLine, useLive, useNow, useSending, useStair, useWords, WhenWhole, type PageProps } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { cardState } from '../card-state.ts';
import { callResults, type CallResult } from '../call-results.ts';
import { ring } from '../ring.ts';
import { giveBackCard, takeCard } from '../take-card.ts';
import { isMissing, otherWhoRingsHere, lastPriority, readAsking, readCards, readPhones, readPlace, readRuns, standsTo, type ShownCard } from './known.ts';
import { ageOf, logOf } from './log.ts';
import { OnDuty } from './OnDuty.tsx';
import { toTellToo } from './owes.ts';
import './chase.css';

const icons = { answered: 'check', message: 'talk', noAnswer: 'close', proxy: 'people' } as const;

/** Someone is to be rung: by which numbers, what to say, and what became of it. */
export default function CardPage({ params, asked, duties }: PageProps & { readonly asked: readonly Asked[]; readonly duties: readonly Duty[] }) {
  const { t } = useWords();
  const frame = useFrame();
  const id = params['card']!;
  const shown = useLive(async (stair) => (await readCards(stair, { id }))[0] ?? null, [id]);
  if (shown) return <Card key={id} shown={shown} asked={asked} duties={duties} />;
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} head={<><Bar title={t('chase.card')} back={{ label: t('app.back'), href: '/chase' }} />{frame.bands}</>}>
      {shown === null ? <WhenWhole><EmptyNote>{t('app.notHereNext')}</EmptyNote></WhenWhole> : <Loading>{t('app.loading')}</Loading>}
    </Page>
  );
}

function Card({ shown: { card, room, waits }, asked, duties }: { shown: ShownCard; asked: readonly Asked[]; duties: readonly Duty[] }) {
  const words = useWords();
  const { t, time, language } = words;
  const frame = useFrame();
  const line = useLine();
  const now = useNow();
  const { actor, replica } = useStair();
  const sending = useSending();
  // What is half written about a call is there again after anything: it stays on this device until the result is kept.
  const draft = `chase/${card.id}`;
  const kept = useLive(async (stair) => (await stair.replica.outbox.draft.get(draft))?.text ?? '', [draft]);
  const [typed, type] = useState<string>();
  const word = typed ?? kept ?? '';
  const write = (text: string): void => {
    type(text);
    void (text === '' ? replica.outbox.draft.delete(draft) : replica.outbox.draft.put({ place: draft, text, at: now }));
  };
  const known = useLive(async (stair) => {
    const [place, asking, phones, runs, towns, people, rings, too] = await Promise.all([
      readPlace(stair, room), readAsking(stair, asked, card.noun, card.thing), readPhones(stair, card.whom), readRuns(stair, room),
      stair.replica.all<Organization>(organization.noun), stair.replica.all<Person>(person.noun),
      otherWhoRingsHere(stair, card.whom, card.drill ?? false), toTellToo(stair, asked, card),
    ]);
    return place && { place, asking, phones, runs: runs.map(({ run }) => run).filter((run) => run.thing === card.thing), towns: new Map(towns.map((doc) => [doc.id, doc.value])), people: people.map((doc) => doc.value), rings, too };
  }, [room, card]);
  const whom = known?.place.byPerson.get(card.whom);
  if (!known || !whom) return <Page skipLabel={frame.skipLabel} tabs={frame.tabs} head={<Bar title={t('chase.card')} back={{ label: t('app.back'), href: '/' }} />}><Loading>{t('app.loading')}</Loading></Page>;

  const { place, asking, phones, runs, towns, people, rings, too } = known;
  const nameOf = (id: Id): string => place.byPerson.get(id)?.card.name ?? people.find((one) => one.id === id)?.name ?? t('talk.someone');
  const townOf = (id: Id, otherwise: string): string => (language === 'en' && towns.get(id)?.romaji) || towns.get(id)?.name || otherwise;
  const tells = asking?.kind.tells(asking.value, room);
  const heardFrom = tells?.heardFrom;
  const asker = tells && place.byPerson.get(tells.by);
  const state = cardState(card);
  const stands = standsTo(asking, whom);
  const mine = card.taken?.by === actor.person;
  // By this card, or by another for the same person.
  const other = mine ? undefined : card.taken?.by ?? rings;
  const myself = card.whom === actor.person;
  const closed = place.room.closedAt !== undefined;
  const shut = whom.shut === true;
  // Whoever has answered, or was told through another, is not rung; nor who can answer nothing any more.
  const over = closed || shut || !isMissing(asking, whom, runs, now) || state === 'proxy';
  const ringing = !over && !other && !myself;
  const mayRing = ringing && actor.role !== 'guest';
  const drill = card.drill ?? false;
  const priority = people.filter((one) => !one.disabled && one.org === actor.org && one.phones.some((phone) => phone.priority)).toSorted((a, b) => Number(b.id === actor.person) - Number(a.id === actor.person))[0];
  const self = people.find((one) => one.id === card.whom);
  const away = self && awayNow(self, now);
  // Whoever stands in is rung first, since it is they who can answer; the result is 代理が了解.
  const standIn = people.find((one) => one.id === away?.standIn && !one.disabled && one.id !== actor.person);
  const take = (): void => void (mine || sending.send(takeCard, { room, noun: card.noun, thing: card.thing, whom: card.whom }));
  const record = async (result: CallResult): Promise<void> => {
    if (await sending.send(ring, { room, card: card.id, result, ...(word.trim() ? { word: word.trim() } : {}), about: { noun: card.noun, thing: card.thing, whom: card.whom } })) write('');
  };
  const log = logOf(runs, card, whom.no, nameOf, words);
  const band = mine
    ? <Band kind="duty"><b>{t('chase.mine')}</b>{t('chase.mineSays')}</Band>
    : other && <Band kind="duty"><b>{t('chase.taken', { name: nameOf(other) })}</b>{t('chase.takenSays')}</Band>;
  const page = (
    <Page
      skipLabel={frame.skipLabel}
      tabs={frame.tabs}
      content="form"
      head={<><Bar title={<>{drill && <DrillWord>{t('app.drillMark')}</DrillWord>}{t('chase.card')}</>} back={{ label: t('app.back'), href: '/chase' }} />{band}{line.state !== 'open' && frame.line}</>}
    >
      <div class="chase-whom">
        <Mark size="large">{whom.card.mark}</Mark>
        <div>
          <h2>{whom.card.name}</h2>
          <p>{townOf(whom.card.org, whom.card.orgName)} {whom.card.post}</p>
          <p role="status">{over
            ? <State kind={state === 'proxy' ? 'quiet' : 'ok'} icon={state === 'proxy' ? 'people' : 'check'}>{t(state === 'proxy' ? 'chase.state.proxy' : closed ? 'chase.state.closed' : shut ? 'chase.state.shut' : asking?.calledOff ? 'chase.state.calledOff' : stands === 'free' ? 'chase.state.answered' : 'chase.state.considering')}</State>
            : <State kind="urgent">{t(state === 'told' ? 'chase.state.told' : state === 'unreached' ? 'chase.state.unreached' : 'chase.state.open', { age: ageOf(now - card.since, words) })}</State>}
          {waits && <> <State kind="plain" icon="clock">{t('chase.waits')}</State></>}</p>
        </div>
      </div>
      {tells && !myself && <blockquote class="quote">{t('chase.say', { from: asker ? `${townOf(asker.card.org, asker.card.orgName)} ${asker.card.name}` : '', line: tells.line(words) })}</blockquote>}
      {tells && <Button wide icon="talk" href={tells.path}>{t('chase.openThing')}</Button>}
      {myself && <p>{t('chase.yourself')}</p>}
      {mayRing && (
        <>
          {priority && <IconLine icon="star">{priority.id === actor.person ? t('chase.priorityMine', { kind: t(`phone.${priority.phones.find((one) => one.priority)!.kind}`) }) : t('chase.priority', { name: priority.name })}</IconLine>}
          {away && <Away until={away.until} standIn={standIn} mine={away.standIn === actor.person} onCall={take} />}
          {phones.length === 0 && <EmptyNote>{t('chase.noPhones')}</EmptyNote>}
          <div class="chase-numbers">
            {phones.map((phone, i) => (
              <Button key={phone.number} kind={i === 0 && !standIn?.phones.length ? 'main' : 'plain'} wide class="ends" href={`tel:${phone.number}`} onClick={take}>
                <Icon name="phone" /><span class="n">{phone.number}</span><span>{t(`phone.${phone.kind}`)}</span>
              </Button>
            ))}
          </div>
          <OnDuty duties={duties} org={whom.card.org} except={[card.whom, actor.person]} onCall={take} />
          {!mine && <Button wide onClick={take} busy={sending.busy ? t('chase.sending') : undefined}>{t('chase.take')}</Button>}
        </>
      )}
      {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
      {mine && !over && (
        <section>
          <Field label={t('chase.word')}>{(wiring) => <input {...wiring} value={word} maxLength={200} autocomplete="off" onInput={(event) => write(event.currentTarget.value)} />}</Field>
          <fieldset class="chase-results">
            <legend class="field-label">{t('chase.record')}</legend>
            <div class="halves">{callResults.map((result) => <Button key={result} icon={icons[result]} onClick={() => void record(result)}>{t(`chase.call.${result}`)}</Button>)}</div>
          </fieldset>
          <Button kind="quiet" icon="undo" onClick={() => void sending.send(giveBackCard, { room, card: card.id })}>{t('chase.giveBack')}</Button>
        </section>
      )}
      {heardFrom && !over && !myself && <Button wide icon="edit" href={heardFrom(card.whom)}>{t('chase.writeHeard')}</Button>}
      {mayRing && too.length > 0 && (
        <section>
          <SectionHead title={t('chase.sameCall')} />
          <Owes>{too.map(({ card: one, asking: { kind, value } }) => (
            <OweRow key={one.id} state={<State kind="urgent" icon="phone">{t('chase.phone')}</State>} age={ageOf(now - one.since, words)} title={kind.tells(value, room).line(words)} href={`/chase/${one.id}`} />
          ))}</Owes>
        </section>
      )}
      <details open>
        <summary class="field-label">{t('chase.log')}</summary>
        {log.length === 0 ? <p class="sub">{t('chase.log.none')}</p> : <ol class="log">{log.map((one, i) => <li key={i}><time>{time(one.at)}</time><span>{one.says}</span></li>)}</ol>}
      </details>
      {!waits && <Marks noun="phoneCard" id={card.id} room={room} marked={card.redacted !== undefined} />}
    </Page>
  );
  return drill ? <DrillFrame band={t('incident.drillBand')}>{page}</DrillFrame> : page;
}

/** Whoever is to be rung is away: who stands in, and their numbers first. */
function Away({ until, standIn, mine, onCall }: { readonly until: number; readonly standIn: Person | undefined; /** It is oneself. */ readonly mine: boolean; readonly onCall: () => void }) {
  const { t, moment } = useWords();
  const numbers = standIn ? lastPriority(standIn.phones) : [];
  return (
    <>
      <p><State kind="short" icon="clock">{t('people.away', { time: moment(until) })}</State> {t(mine ? 'chase.standInIsYou' : standIn ? 'chase.standInIs' : 'chase.standInNobody', { name: standIn?.name ?? '' })}</p>
      {numbers.length > 0 && (
        <div class="chase-numbers">
          {numbers.map((phone, i) => (
            <Button key={phone.number} kind={i === 0 ? 'main' : 'plain'} wide class="ends" href={`tel:${phone.number}`} onClick={onCall}>
              <Icon name="phone" /><span class="n">{phone.number}</span><span>{t('chase.standInPhone', { name: standIn!.name, kind: t(`phone.${phone.kind}`) })}</span>
            </Button>
          ))}
        </div>
      )}
      {standIn && <p class="sub">{t('chase.thenSelf')}</p>}
    </>
  );
}
