import { incident, type Incident, type SupportRole } from '@noroshi/features/incident';
import type { Room } from '@noroshi/features/talk';
import { fromLocal, toLocal, type Id } from '@noroshi/foundations/kernel';
import { Bar, Button, Chips, DrillFrame, DrillWord, EmptyNote, Field, FieldError, Icon, isWithin, Loading, Page, State, Stepper, Tag, ToggleChips } from '@noroshi/foundations/ui';
import { useFrame, useLine, useLive, useRoute, useStair, useWords, WhenWhole, useSending } from '@noroshi/foundations/web';
import type { Key } from '@noroshi/foundations/i18n';
import { useEffect, useRef, useState } from 'preact/hooks';
import { mostLines, mostStaff } from '../content.ts';
import { commonDuties, dutyCodes, type DutyCode } from '../duty-codes.ts';
import { fieldName } from '../in-words.ts';
import { send } from '../send.ts';
import type { Asked } from './asked-again.ts';
import { readRoom } from './around.ts';
import { readNames, type Names } from './known.ts';
import { noteSent } from './just-sent.ts';
import { soon } from './moments.ts';
import { UndoSend } from './UndoSend.tsx';
import './request.css';

interface Wanted { readonly duty: DutyCode; readonly dutyText: string; readonly count?: number | undefined }
/** What is written and not sent: it stays on this device. */
interface Draft { readonly lines: readonly Wanted[]; readonly neededBy?: number | undefined; readonly place: string; readonly reason?: string; readonly damage?: string; readonly town?: Id | undefined; readonly incident?: Id | undefined }

/** Ask for staff: what work, how many, by when, where. The rest may follow as a revision. */
export default function RequestShortPage() {
  const { t, language } = useWords();
  const frame = useFrame();
  const { search } = useRoute();
  const stair = useStair();
  const room = search.get('room') ?? '';
  const again = search.get('again') ?? undefined;
  const known = useLive(async (end) => {
    const here = await readRoom(end, room);
    const incidents = (await end.replica.all<Incident>(incident.noun)).map((doc) => doc.value)
      .filter((one) => one.closedAt === undefined && one.roles.some((r) => r.room === room && (r.affected === end.actor.org || end.actor.org === one.headquarters)));
    const { draft, item } = end.replica.outbox;
    const begun = await draft.get(draftOf(room, again));
    const refused = again && await item.where('id').equals(again).first();
    return { here, incidents, names: await readNames(end, room, language), draft: begun ? (JSON.parse(begun.text) as Draft) : refused ? asDraft(refused.input as Asked) : undefined };
  }, [room, again, language]);
  if (known?.here && known.incidents.length > 0) {
    return <Asking room={known.here} incidents={known.incidents} names={known.names} draft={known.draft} again={again} org={stair.actor.org} />;
  }
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} head={<><Bar title={t('request.ask.title')} back={{ label: t('app.back'), href: `/talk/${room}`, close: true }} />{frame.bands}</>}>
      {known ? <WhenWhole><EmptyNote>{t('request.ask.notHere')}</EmptyNote></WhenWhole> : <Loading>{t('app.loading')}</Loading>}
    </Page>
  );
}

/** Where it lies until it is sent. One that was not taken has a place of its own, so that it does not push away what is being written. */
const draftOf = (room: Id, again: Id | undefined): string => (again ? `request/again/${again}` : `request/${room}`);

/** What was asked and not taken, to be put right. */
const asDraft = ({ lines, details = {}, onBehalfOf, incident }: Asked): Draft => ({
  lines: lines.map(({ duty, dutyText = '', count }) => ({ duty, dutyText, count })), neededBy: details.neededBy, place: details.place?.name ?? '',
  ...(details.reason ? { reason: details.reason } : {}), ...(details.damage ? { damage: details.damage } : {}), town: onBehalfOf, incident,
});

/** @param again what was not taken, to be put right and sent anew */
function Asking({ room, incidents, names, draft, again, org }: { room: Room; incidents: readonly Incident[]; names: Names; draft: Draft | undefined; again: Id | undefined; org: Id }) {
  const words = useWords();
  const { t, moment } = words;
  const frame = useFrame();
  const stair = useStair();
  const route = useRoute();
  const line = useLine();
  const sending = useSending();
  const [incidentId, setIncident] = useState(draft?.incident ?? incidents[0]!.id);
  const event = incidents.find((one) => one.id === incidentId) ?? incidents[0]!;
  const towns = event.roles.filter((r) => r.room === room.id && (r.affected === org || org === event.headquarters));
  const [town, setTown] = useState(draft?.town ?? towns[0]!.affected);
  const role: SupportRole = towns.find((r) => r.affected === town) ?? towns[0]!;
  const [lines, setLines] = useState<readonly Wanted[]>(draft?.lines.filter((one) => one.duty) ?? []);
  const [neededBy, setNeededBy] = useState(draft?.neededBy);
  const [place, setPlace] = useState(draft?.place ?? '');
  const [reason, setReason] = useState(draft?.reason ?? '');
  const [damage, setDamage] = useState(draft?.damage ?? '');
  const [opened, openField] = useState<'time' | 'place'>();
  const [begunDetails] = useState(Boolean(draft?.reason || draft?.damage));
  const [all, showAll] = useState(false);
  const [missing, setMissing] = useState(false);
  const sent = useRef(false);
  const usualPlace = t(names.kinds.get(role.affected) === 'city' ? 'request.ask.cityHall' : 'request.ask.townHall', { town: names.org(role.affected) });

  const written = (): Draft => ({ lines, neededBy, place, reason, damage, town, incident: incidentId });
  useEffect(() => {
    if (!sent.current && (lines.length > 0 || place || reason || damage)) void stair.replica.outbox.draft.put({ place: draftOf(room.id, again), text: JSON.stringify(written()), at: stair.now() });
  }, [lines, neededBy, place, reason, damage, town, incidentId]);

  const change = (duty: DutyCode, some: Partial<Wanted>): void => setLines(lines.map((one) => (one.duty === duty ? { ...one, ...some } : one)));
  const choose = (duties: readonly DutyCode[]): void => {
    setMissing(false);
    // In the order in which they were chosen; what was typed for the others stays.
    setLines([...lines.filter((one) => duties.includes(one.duty)), ...duties.filter((duty) => !lines.some((one) => one.duty === duty)).map((duty) => ({ duty, dutyText: '' }))].slice(0, mostLines));
  };
  const shownDuties = all || lines.some((one) => dutyCodes.indexOf(one.duty) >= commonDuties) ? dutyCodes : dutyCodes.slice(0, commonDuties);
  const people = lines.every(({ count }) => isWithin(count, 1, mostStaff)) ? lines.reduce((sum, one) => sum + one.count!, 0) : 0;

  /** What is wrong with a number: one that is there at once, one that is missing when one sends. */
  const wrongCount = (count: number | undefined): string | undefined => (count === undefined ? (missing ? t('request.countMissing') : undefined) : isWithin(count, 1, mostStaff) ? undefined : t('request.countWrong', { min: 1, max: mostStaff }));

  const ask = async (): Promise<void> => {
    const asked = lines.flatMap(({ count, ...one }) => (isWithin(count, 1, mostStaff) ? [{ ...one, count }] : []));
    const incomplete = lines.length === 0 || asked.length < lines.length || lines.some((one) => one.duty === 'other' && !one.dutyText.trim());
    setMissing(incomplete);
    if (incomplete) return;
    const told = await sending.send(send, {
      room: room.id, incident: event.id,
      ...(role.affected === org ? {} : { onBehalfOf: role.affected }),
      lines: asked.map(({ duty, dutyText, count }) => ({ duty, count, ...(duty === 'other' ? { dutyText: dutyText.trim() } : {}) })),
      details: { place: { name: place.trim() || usualPlace }, ...(neededBy === undefined ? {} : { neededBy }), ...(reason.trim() ? { reason: reason.trim() } : {}), ...(damage.trim() ? { damage: damage.trim() } : {}) },
    });
    if (!told) return;
    sent.current = true;
    noteSent({ request: told, room: room.id, draft: JSON.stringify(written()), at: stair.now(), Undo: UndoSend });
    if (again) await stair.drop(again);
    await stair.replica.outbox.draft.delete(draftOf(room.id, again));
    route.go(`/talk/${room.id}?end`, { replace: true });
  };

  const page = (
    <Page skipLabel={frame.skipLabel} content="form"
      head={<>
        <Bar back={{ label: t('request.ask.leave'), close: true, href: `/talk/${room.id}` }} title={<>{event.drill && <DrillWord>{t('app.drillMark')}</DrillWord>}{t('request.ask.title')}</>} subtitle={words.beside([room.name, event.name])} />
        {line.state !== 'open' && frame.bands}
      </>}
      foot={<>
        <p class="sub"><b>{t('request.ask.reaches')}</b>　<span class="nw">{t('request.part.primary')} {names.org(role.primary)}</span>　{role.secondaries.length > 0 && <>{t('request.part.secondary')} {role.secondaries.map((id, i) => <span class="nw" key={id}>{i > 0 && words.between}{names.org(id)}</span>)}　</>}<span class="nw">{names.org(event.headquarters)}</span>　{role.assumed && <Tag kind="guess">{t('request.assumed')}</Tag>}</p>
        {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
        <Button kind="main" wide icon="send" busy={sending.busy ? t('request.sending') : undefined} onClick={ask}>{t(people === 0 ? 'request.ask.sendYet' : line.state === 'open' ? 'request.ask.send' : 'request.ask.keep', { count: people })}</Button>
      </>}>
      {incidents.length > 1 && <Chips legend={t('request.ask.which')} value={event.id} onChange={setIncident} choices={incidents.map((one) => ({ value: one.id, label: one.name, whole: true }))} />}
      {(towns.length > 1 || role.affected !== org) && <Chips legend={t('request.ask.forTown')} value={role.affected} onChange={setTown} choices={towns.map((r) => ({ value: r.affected, label: names.org(r.affected) }))} />}
      <div>
        <ToggleChips legend={t('request.ask.what')} values={lines.map((one) => one.duty)} onChange={choose} choices={shownDuties.map((duty) => ({ value: duty, label: t(`request.dutyShort.${duty}` as Key) }))} />
        {shownDuties.length < dutyCodes.length && <Button kind="plain" wide icon="more" class="request-more" onClick={() => showAll(true)}>{t('request.ask.more', { n: dutyCodes.length - commonDuties })}</Button>}
        {missing && lines.length === 0 && <FieldError>{t('request.ask.chooseDuty')}</FieldError>}
      </div>
      {lines.length > 0 && (
        <div role="group" aria-label={t('request.ask.howMany')}>
          <p class="field-label">{t('request.ask.howMany')}</p>
          <div class="box">
            {lines.map((one) => {
              const name = t(`request.dutyShort.${one.duty}` as Key);
              return (
                <div class="halves pad" key={one.duty}>
                  <p class="request-tight"><b>{name}</b></p>
                  <Stepper low label={name} less={t('request.lessOf', { duty: name })} more={t('request.moreOf', { duty: name })} value={one.count} onChange={(count) => change(one.duty, { count })} min={1} max={mostStaff} error={wrongCount(one.count)} />
                  {one.duty === 'other' && (
                    <div class="request-across"><Field label={t('request.ask.other')} error={missing && !one.dutyText.trim() ? t('refusal.request.sayWhatWork') : undefined}>
                      {(wiring) => <input {...wiring} maxLength={60} value={one.dutyText} onInput={(e) => change('other', { dutyText: e.currentTarget.value })} />}
                    </Field></div>
                  )}
                </div>
              );
            })}
          </div>
        </div>
      )}
      <Field label={t('request.ask.byWhen')} error={undefined}>{(wiring) => (opened === 'time'
        ? <input type="datetime-local" {...wiring} value={toLocal(neededBy ?? soon(stair.now(), 180))} onChange={(e) => setNeededBy(fromLocal(e.currentTarget.value))} />
        : <button type="button" class="input chosen" id={wiring.id} onClick={() => { setNeededBy(neededBy ?? soon(stair.now(), 180)); openField('time'); }}><Icon name="clock" /><span class="grow">{neededBy === undefined ? t('request.ask.soonest') : moment(neededBy)}</span><span class="link">{t('request.change')}</span></button>)}
      </Field>
      {neededBy !== undefined && neededBy < stair.now() && <State kind="short">{t('request.ask.past')}</State>}
      {neededBy !== undefined && <Button kind="quiet" onClick={() => { setNeededBy(undefined); openField(undefined); }}>{t('request.ask.soonest')}</Button>}
      <Field label={t('request.ask.where')}>{(wiring) => (opened === 'place'
        ? <input {...wiring} maxLength={120} value={place || usualPlace} onInput={(e) => setPlace(e.currentTarget.value)} />
        : <button type="button" class="input chosen" id={wiring.id} onClick={() => openField('place')}><Icon name="pin" /><span class="grow">{place || usualPlace}</span><span class="link">{t('request.change')}</span></button>)}
      </Field>
      <details open={begunDetails}>
        <summary class="link">{t('request.ask.details')}</summary>
        <div class="form request-inset">
          <Field label={fieldName('reason', words)}>{(wiring) => <textarea {...wiring} maxLength={2000} value={reason} onInput={(e) => setReason(e.currentTarget.value)} />}</Field>
          <Field label={fieldName('damage', words)}>{(wiring) => <textarea {...wiring} maxLength={2000} value={damage} onInput={(e) => setDamage(e.currentTarget.value)} />}</Field>
        </div>
      </details>
    </Page>
  );
  return event.drill ? <DrillFrame band={t('request.drillBand')}>{page}</DrillFrame> : page;
}
