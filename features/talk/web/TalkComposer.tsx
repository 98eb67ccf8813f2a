import { person, type Person } from '@noroshi/features/directory';
import { longestText, mayUrgent, say, type Content, type Message } from '@noroshi/features/talk';
import { Button, Composer, FieldError, Icon, IconButton, Mark, State } from '@noroshi/foundations/ui';
import { useLive, useSheet, useStair, useWords } from '@noroshi/foundations/web';
import type { Params, Refusal } from '@noroshi/foundations/kernel';
import type { ComponentType } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Attached } from './Attached.tsx';
import { useBothInView } from './both-in-view.ts';
import { emptyDraft, type Draft } from './draft.ts';
import { oneLine } from '../newest-line.ts';
import type { PlusSheetProps } from './PlusSheet.tsx';
import type { StickerSheetProps } from './StickerSheet.tsx';
import type { UrgencySheetProps } from './UrgencySheet.tsx';
import type { RoomNow } from './use-room.ts';
import './composer.css';

export { say };

const loadPlus = async (): Promise<{ default: ComponentType<PlusSheetProps> }> => ({ default: (await import('./PlusSheet.tsx')).PlusSheet });
const loadStickers = async (): Promise<{ default: ComponentType<StickerSheetProps> }> => ({ default: (await import('./StickerSheet.tsx')).StickerSheet });
const loadUrgency = async (): Promise<{ default: ComponentType<UrgencySheetProps> }> => ({ default: (await import('./UrgencySheet.tsx')).UrgencySheet });

export interface TalkComposerProps {
  readonly now: RoomNow;
  readonly draft: Draft;
  readonly change: (draft: Draft) => void;
  /** Gives the draft to the outbox and leaves `rest` to be written on (`useDraft`). */
  readonly hand: <T>(rest: Draft, give: (place: string) => Promise<T>) => Promise<T>;
  readonly replying: Message | undefined;
  readonly onSent: () => void;
}

/** Where words are written: what they answer to, how urgent they are, whom they name, and who from outside will hear them. */
export function TalkComposer({ now, draft, change, hand, replying, onSent }: TalkComposerProps) {
  const words = useWords();
  const { t, refusal } = words;
  const stair = useStair();
  const [trouble, setTrouble] = useState<{ code: string; params?: Params | undefined }>();
  const [sheet, setSheet] = useState<'plus' | 'stickers' | 'urgency'>();
  const field = useRef<HTMLDivElement>(null);
  useBothInView(field);
  const { room, me, here, byPerson } = now;
  const guests = here.filter((m) => m.card.guest && m.person !== me?.person);
  const others = here.filter((m) => m.person !== me?.person);
  const urgent = useLive(async ({ actor, replica }) => mayUrgent(actor, me, await replica.get<Person>(person.noun, actor.person)), [me?.card.guest]);
  // It may have been taken since the words were begun: they stay, and say so before they are sent.
  const barred = draft.urgency === 'urgent' && urgent && !urgent.ok ? urgent : undefined;
  const Plus = useSheet(sheet === 'plus' ? loadPlus : undefined);
  const Stickers = useSheet(sheet === 'stickers' ? loadStickers : undefined);
  const Urgency = useSheet(sheet === 'urgency' ? loadUrgency : undefined);

  const latest = useRef(draft);
  latest.current = draft;
  const sent = useRef<Draft | undefined>(undefined);

  const send = async (more: Partial<Content> = {}): Promise<void> => {
    // Two presses in one moment are one.
    if (sent.current === draft) return;
    sent.current = draft;
    const { text, urgency, replyTo, attachments, place, incident } = draft;
    const named = draft.named.filter(({ name }) => text.includes(`@${name}`));
    const mentions = named.filter((n) => !n.org).map((n) => n.id);
    const mentionOrgs = named.filter((n) => n.org).map((n) => n.id);
    setSheet(undefined);
    setTrouble(undefined);
    // The field is free for what is written next; if the words are refused they are put back before it.
    const { replyTo: _answered, ...later } = draft;
    const told = await hand(more.sticker ? later : { ...emptyDraft, ...(incident ? { incident } : {}) }, (from) => stair.send(say, {
      room: room.id,
      ...(more.sticker ? {} : {
        ...(text.trim() ? { text } : {}), ...(attachments.length ? { attachments: [...attachments] } : {}), ...(place ? { place } : {}),
        ...(mentions.length ? { mentions } : {}), ...(mentionOrgs.length ? { mentionOrgs } : {}), ...(urgency ? { urgency } : {}),
      }),
      ...(replyTo ? { replyTo } : {}),
      ...(incident && room.incidents.some((i) => i.incident === incident) ? { incident } : {}),
      ...more,
    }, undefined, more.sticker ? undefined : from)).catch((): Refusal => ({ ok: false, code: 'talk.notKept' }));
    if (!told.ok) {
      if (!more.sticker) change({ ...draft, text: `${draft.text}${latest.current.text}` });
      return setTrouble(told);
    }
    onSent();
  };
  const ask = (): void => {
    if (draft.text.length > longestText) setTrouble({ code: 'talk.tooLong', params: { max: longestText, n: draft.text.length } });
    else if (barred) setTrouble(barred);
    else if (draft.urgency) setSheet('urgency');
    else void send();
  };
  const without = (key: 'urgency' | 'replyTo' | 'place'): void => {
    const { [key]: _gone, ...rest } = draft;
    change(rest as Draft);
  };
  const focus = (): void => field.current?.querySelector('textarea')?.focus();
  // A sheet gives the focus back to the plus as it goes: the words come after that.
  useEffect(() => (sheet === 'plus' ? focus : undefined), [sheet]);

  const says = trouble && <FieldError id="talk-trouble">{refusal(trouble.code, trouble.params)}</FieldError>;
  const drillMark = room.drill ? t('app.drillMark') : '';
  const label = t(draft.urgency === 'urgent' ? 'talk.writeUrgent' : draft.urgency === 'important' ? 'talk.writeImportant' : 'talk.write');
  return (
    <div ref={field} class="writes">
      <Naming now={now} draft={draft} change={change} onDone={focus} />
      <div class="writing">
        {guests.length > 0 && <p class="sub"><Icon name="eye" /> {t('talk.guestsHere', { who: guests.map((g) => `${g.card.name}（${g.card.orgName}）`).join(t('talk.and')) })}</p>}
        {room.incidents.length > 1 && (
          <label class="row">{t('talk.aboutIncident')}
            <select class="input" value={draft.incident ?? ''} onChange={(e) => change({ ...draft, incident: e.currentTarget.value || undefined } as Draft)}>
              <option value="">{t('talk.aboutNone')}</option>
              {room.incidents.map((i) => <option key={i.incident} value={i.incident}>{i.name}</option>)}
            </select>
          </label>
        )}
        {barred && (
          <>
            {!trouble && <p><State kind="urgent">{t('talk.urgentBarred')}</State></p>}
            {says}
            <p class="row choose">
              <Button onClick={() => { setTrouble(undefined); change({ ...draft, urgency: 'important' }); }}>{t('talk.makeImportant')}</Button>
              <Button kind="quiet" onClick={() => { setTrouble(undefined); without('urgency'); }}>{t('talk.stop')}</Button>
            </p>
          </>
        )}
        {draft.urgency && !barred && <p class="row"><State kind={draft.urgency === 'urgent' ? 'urgent' : 'doing'}>{t(draft.urgency === 'urgent' ? 'talk.urgentOn' : 'talk.importantOn', { n: others.length })}</State><Button kind="quiet" onClick={() => without('urgency')}>{t('talk.stop')}</Button></p>}
        {replying && <p class="row"><span class="quoting grow"><b>{byPerson.get(replying.by)?.card.name ?? t('talk.someone')}</b> {oneLine(replying, words)}</span><IconButton icon="close" label={t('talk.replyStop')} onClick={() => without('replyTo')} /></p>}
        {draft.place && <p class="row"><span class="grow"><Icon name="pin" /> {draft.place.name}</span><IconButton icon="close" label={t('talk.placeRemove')} onClick={() => without('place')} /></p>}
        {draft.attachments.map((attachment) => (
          <div class="row" key={attachment.file}>
            <div class="grow"><Attached attachment={attachment} mine /></div>
            <IconButton icon="close" label={t('talk.attachmentRemove', { name: attachment.name })} onClick={() => change({ ...draft, attachments: draft.attachments.filter((a) => a !== attachment) })} />
          </div>
        ))}
        {!barred && says}
      </div>
      <Composer
        id="say"
        label={`${drillMark}${label}`}
        placeholder={`${drillMark}${t('talk.placeholder')}`}
        sendLabel={`${drillMark}${t(draft.urgency === 'urgent' ? 'talk.sendUrgent' : draft.urgency === 'important' ? 'talk.sendImportant' : 'talk.send')}`}
        value={draft.text}
        ready={draft.attachments.length > 0 || draft.place !== undefined}
        onChange={(text) => { if (text.length <= longestText) setTrouble(undefined); change({ ...draft, text }); }}
        onSend={ask}
        before={<IconButton icon="plus" label={t('talk.plus')} expanded={sheet === 'plus'} onClick={() => setSheet('plus')} />}
        after={<IconButton icon="face" label={t('talk.stickers')} expanded={sheet === 'stickers'} onClick={() => setSheet('stickers')} />}
      />
      {Plus && <Plus now={now} draft={draft} change={change} urgent={urgent} onClose={() => setSheet(undefined)} />}
      {Stickers && <Stickers onPick={(sticker) => void send({ sticker })} onClose={() => setSheet(undefined)} />}
      {Urgency && draft.urgency && <Urgency room={room.id} draft={draft} people={others} drill={room.drill !== undefined} onSend={() => void send()} onClose={() => setSheet(undefined)} />}
    </div>
  );
}

/** While an @ is being written: people and organizations of the room whose name goes on like that. */
function Naming({ now, draft, change, onDone }: { now: RoomNow; draft: Draft; change: (draft: Draft) => void; onDone: () => void }) {
  const { t } = useWords();
  const found = /[@＠]([^\s@＠]{0,20})$/.exec(draft.text);
  if (!found) return null;
  const wanted = found[1]!.normalize('NFKC').toLowerCase();
  const orgs = [...new Map(now.here.map((m) => [m.card.org, m.card])).values()];
  const choices = [
    ...orgs.map((card) => ({ id: card.org, name: card.orgName, mark: card.mark, sub: t('talk.wholeOrg', { n: now.here.filter((m) => m.card.org === card.org).length }), org: true })),
    ...now.here.filter((m) => m.person !== now.me?.person).map((m) => ({ id: m.person, name: m.card.name, mark: m.card.mark, sub: `${m.card.orgName} ${m.card.post}`, org: false })),
  ].filter((c) => c.name.replace(/\s/g, '').toLowerCase().includes(wanted) || c.sub.includes(wanted)).slice(0, 8);
  if (choices.length === 0) return null;
  const pick = ({ id, name, org }: (typeof choices)[number]): void => {
    // An organization that has no seats of its own here is named by its people.
    const people = org && !now.room.orgs.includes(id) ? now.here.filter((m) => m.card.org === id).map((m) => ({ id: m.person, name, org: false })) : [{ id, name, org }];
    change({ ...draft, text: `${draft.text.slice(0, found.index)}@${name} `, named: [...draft.named.filter((n) => n.id !== id), ...people] });
    onDone();
  };
  return (
    <div class="naming" role="group" aria-label={t('talk.naming')}>
      {choices.map((choice) => <button key={choice.id} type="button" onClick={() => pick(choice)}><Mark size="small">{choice.mark}</Mark><span><b>{choice.name}</b> <span class="sub">{choice.sub}</span></span></button>)}
    </div>
  );
}
