import { personalAnswers, reactions, type Message, type PersonalAnswer, type Reaction } from '@noroshi/features/talk';
import { AnswerButtons, Bubble, Button, Icon, IconButton, Note, State, Tag, UrgentNotice, type StateKind } from '@noroshi/foundations/ui';
import { useRooms, useSheet, useWords, type CardProps } from '@noroshi/foundations/web';
import type { Doc } from '@noroshi/foundations/sync';
import type { Id } from '@noroshi/foundations/kernel';
import type { Key } from '@noroshi/foundations/i18n';
import { Component, type ComponentChildren, type ComponentType } from 'preact';
import { asksOf } from '../message.ts';
import { Attached } from './Attached.tsx';
import { Journey } from './Journey.tsx';
import { MessageWords } from './MessageWords.tsx';
import { noteLine, noteParams, oneLine } from '../newest-line.ts';
import { owesAnswer, type RoomNow } from './use-room.ts';

/** What one can do from a message. The list hands it down unchanged, so that a row is drawn anew only when it changes. */
export interface MessageDeeds {
  answer(message: Message, answer: PersonalAnswer): void;
  react(message: Message, reaction: Reaction, on: boolean): void;
  readers(message: Message): void;
  actions(message: Message): void;
  earlier(message: Message): void;
  jump(id: Id): void;
}

export interface MessageRowProps {
  readonly doc: Doc<Message>;
  readonly now: RoomNow;
  readonly deeds: MessageDeeds;
  /** Not yet heard by the server. */
  readonly waiting: boolean;
  /** How many of whom have read it; undefined while nobody has told this device. */
  readonly read: number | undefined;
  readonly of: number;
  /** How many of those who have not read it were told through another. */
  readonly proxy: number;
  /** Whether its answer is the one filled button of the screen. */
  readonly lead: boolean;
  /** The message it answers to, where this device holds it. */
  readonly quoted: Message | undefined;
}

const answerKeys = { agreed: 'talk.answer.agreed', considering: 'talk.answer.considering', cannot: 'talk.answer.cannot' } as const satisfies Record<PersonalAnswer, Key>;
/** Who is still considering is not done. */
const answerKinds = { agreed: 'ok', considering: 'doing', cannot: 'plain' } as const satisfies Record<PersonalAnswer, StateKind>;
export const answerKey = (answer: PersonalAnswer): Key => answerKeys[answer];
export const reactionKey = (reaction: Reaction): Key => `talk.reaction.${reaction}`;

/** One message of the talk. */
export class MessageRow extends Component<MessageRowProps, { changing: boolean }> {
  override state = { changing: false };
  override shouldComponentUpdate(next: MessageRowProps, state: { changing: boolean }): boolean {
    if (state.changing !== this.state.changing) return true;
    const now = this.props;
    // Whatever happened to it has given it another number, or it waits; one that stands still is not drawn again.
    return (Object.keys(next) as (keyof MessageRowProps)[]).some((key) => key === 'doc'
      ? next.doc.seq !== now.doc.seq || next.doc.id !== now.doc.id || next.doc.seq === Number.MAX_SAFE_INTEGER && next.doc !== now.doc
      : next[key] !== now[key]);
  }
  override componentDidUpdate(before: MessageRowProps): void {
    const mine = ({ doc, now }: MessageRowProps): string | undefined => doc.value.answers?.[now.me?.person ?? '']?.[0];
    if (this.state.changing && mine(before) !== mine(this.props)) this.setState({ changing: false });
  }
  override render() {
    return <Row {...this.props} changing={this.state.changing} change={() => this.setState({ changing: true })} />;
  }
}

function Row({ doc, now, deeds, waiting, read, of, proxy, lead, quoted, changing, change }: MessageRowProps & { changing: boolean; change: () => void }) {
  const words = useWords();
  const besides = useRooms().flatMap((room) => room.besides ?? []);
  const { t, time } = words;
  const message = doc.value;
  const speaker = now.byPerson.get(message.by);
  // What no member said is the hotline's own: a drill's inject, a clock that ran out.
  const name = speaker?.card.name ?? t(message.note ? 'app.name' : 'talk.someone');
  const town = townOf(now, message);
  const mine = message.by === now.me?.person;
  const hit = now.room.incidents.some((i) => i.incident === message.incident && i.affected.includes(message.org));

  // Who had it blacked out, and why, stands where the words stood: told by the room that knows of it.
  const blacked = message.redacted && <NoteOrCard note={{ line: 'keeping.redacted', params: {}, ref: { noun: 'redaction', id: message.id } }} stream={doc.stream} drill={false} />;
  if (message.withdrawn) {
    const by = now.byPerson.get(message.withdrawn.by)?.card.name ?? t('talk.someone');
    const own = message.withdrawn.by === message.by;
    return (
      <Note>
        <time>{time(message.withdrawn.at)}</time>　{t(own ? 'talk.withdrawnBy' : 'talk.withdrawnByOther', { org: town.name, name, by })}<br />
        {message.withdrawn.reason && <>{t('talk.withdrawnReason', { reason: message.withdrawn.reason })}<br /></>}
        {blacked || t('talk.recordStays')}
      </Note>
    );
  }

  const journey = <Journey waiting={waiting} mine={mine} read={read} of={of} proxy={proxy} onClick={() => deeds.readers(message)} />;
  const beside = !waiting && !message.note && besides.map((Beside, i) => <Beside key={i} stream={doc.stream} born={doc.born} org={message.org} />);
  const more = !waiting && <IconButton icon="more" label={t('talk.actionsOf', { name })} onClick={() => deeds.actions(message)} />;
  const mended = message.amended && <Mended at={time(message.amended.at)} onClick={() => deeds.earlier(message)} />;
  const meta = waiting
    ? <>{journey} <time>{time(message.at)}</time></>
    : <><time>{time(message.at)}</time>{journey}{more}{mended}</>;
  const answers = answering(message, now, changing);
  const tally = message.urgency && !waiting && <Tally doc={doc} now={now} of={of} changing={changing} change={change} onOpen={() => deeds.readers(message)} />;
  const buttons = answers && (
    <AnswerButtons label={t('talk.answerLabel')} lead={lead} current={message.answers?.[now.me?.person ?? '']?.[0]} onAnswer={(given) => deeds.answer(message, given)}
      answers={personalAnswers.map((value) => ({ value, label: t(answerKey(value)), ...(value === 'agreed' ? { icon: 'check' as const } : {}) }))} />
  );
  const drill = message.drill && <Tag kind="drill">{t('talk.drill')}</Tag>;

  if (message.note && message.quiet) {
    return <div class="stepline">{waiting ? <Icon name="clock" /> : <time>{time(message.at)}</time>}<NoteOrCard note={message.note} stream={doc.stream} drill={message.drill ?? false} /></div>;
  }
  if (message.note && message.urgency !== 'urgent') {
    return (
      <>
        <NoteOrCard note={message.note} stream={doc.stream} drill={message.drill ?? false} />
        {buttons}
        <div class={buttons ? 'meta centred' : 'meta centred under'}>{meta}</div>
        {tally && <div class="tally">{tally}</div>}
      </>
    );
  }
  const quote = message.replyTo && <Quote message={quoted} now={now} onClick={() => deeds.jump(message.replyTo!)} />;
  const inside = message.note ? noteLine(message.note, words) : <><MessageWords message={message} now={now} />{blacked}</>;
  const added = message.reactions && (
    <div class="added" role="group" aria-label={t('talk.reactions')}>
      {reactions.filter((r) => message.reactions?.[r]).map((reaction) => {
        const people = message.reactions![reaction]!;
        const on = people.includes(now.me?.person ?? '');
        const who = people.map((id) => now.byPerson.get(id)?.card.name ?? t('talk.someone')).join(t('talk.and'));
        return (
          <button type="button" class={on ? 'btn strong' : 'btn'} aria-pressed={on} title={who} aria-label={t('talk.reactedBy', { word: t(reactionKey(reaction)), n: people.length, who })}
            onClick={() => deeds.react(message, reaction, !on)}>{t(reactionKey(reaction))} <span class="n">{people.length}</span></button>
        );
      })}
    </div>
  );

  if (message.urgency === 'urgent') {
    return (
      <UrgentNotice id={`m-${message.id}`} word={`${message.drill ? t('app.drillMark') : ''}${t('talk.urgent')}`} time={time(message.at)} mark={message.note && !speaker ? <Icon name="bell" /> : town.mark} hit={hit} name={name}
        post={speaker ? `${town.name} ${speaker.card.post}` : town.name} tags={<>{hit && <Tag kind={message.drill ? 'drill' : 'hit'}>{t(message.drill ? 'talk.affectedAssumed' : 'talk.affected')}</Tag>}{speaker?.card.guest && <Tag>{t('talk.guest')}</Tag>}</>}
        read={<><Carried message={message} mine={mine} />{added}{beside}<div class="meta">{waiting ? meta : <>{journey}{more}{mended}</>}</div></>}
        answers={buttons} tally={tally || undefined}
      >{quote}{inside}</UrgentNotice>
    );
  }
  const alone = message.sticker !== undefined && !message.text && !message.replyTo;
  return (
    <Bubble
      id={`m-${message.id}`}
      voice={mine ? undefined : { mark: town.mark, hit, name, post: speaker ? `${town.name} ${speaker.card.post}`.trim() : town.name, tags: <>{speaker?.card.guest && <Tag>{t('talk.guest')}</Tag>}{drill}</> }}
      state={waiting ? 'waiting' : undefined}
      bare
      meta={meta}
    >
      {alone ? inside : <div class="bubble">{message.urgency && <p><State kind="doing">{t('talk.important')}</State>{mine && drill}</p>}{quote}{inside}<Carried message={message} mine={mine} /></div>}
      {beside}
      {added}
      {buttons}
      {tally && <div class="tally">{tally}</div>}
    </Bubble>
  );
}

/** That the words were mended, and when: it opens those before. */
function Mended({ at, onClick }: { at: string; onClick: () => void }) {
  const { t } = useWords();
  return <button type="button" class="read" aria-label={t('talk.amendedOpen', { time: at })} onClick={onClick}><span>{t('talk.amended', { time: at })}</span></button>;
}

/** Photographs and files that came with the words. */
const Carried = ({ message, mine }: { message: Message; mine: boolean }) => (
  <>{message.attachments?.map((attachment) => <Attached key={attachment.file} attachment={attachment} message={message} mine={mine} />)}</>
);

/** The voice is a town: the one spoken for at that moment, whatever desk its author sits at now. */
function townOf(now: RoomNow, message: Message): { mark: string; name: string } {
  const card = now.byPerson.get(message.by)?.card;
  const org = card?.org === message.org ? undefined : now.organizations.get(message.org);
  return org ? { mark: org.short, name: org.name } : { mark: card?.mark ?? '?', name: card?.orgName ?? '' };
}

function answering(message: Message, { me, room }: RoomNow, changing: boolean): boolean {
  return me !== undefined && room.closedAt === undefined && (changing || (asksOf(message, me.person, me.card.org) && !message.answers?.[me.person]));
}

/** What has been answered so far, and mine. */
function Tally({ doc, now, of, changing, change, onOpen }: { doc: Doc<Message>; now: RoomNow; of: number; changing: boolean; change: () => void; onOpen: () => void }) {
  const { t, time } = useWords();
  const message = doc.value;
  const given = Object.values(message.answers ?? {});
  const open = now.members.filter((who) => owesAnswer(doc, who) && !who.shut).length;
  const own = now.me && message.answers?.[now.me.person];
  return (
    <>
      {own && <span class="mine-answer"><State kind={answerKinds[own[0]]}>{t('talk.mineAnswer', { answer: t(answerKey(own[0])), time: time(own[1]) })}</State>
        {!changing && now.room.closedAt === undefined && <Button kind="quiet" onClick={change}>{t('talk.changeAnswer')}</Button>}</span>}
      {personalAnswers.map((answer) => <span key={answer}>{t(answerKey(answer))} <b>{given.filter((g) => g[0] === answer).length}</b></span>)}
      {open > 0 ? <Button kind="quiet" onClick={onOpen}><State kind="urgent" icon={null}>{t('talk.unanswered', { n: open })}</State></Button> : of > 0 && <State kind="ok">{t('talk.allAnswered')}</State>}
    </>
  );
}

function Quote({ message, now, onClick }: { message: Message | undefined; now: RoomNow; onClick: () => void }) {
  const words = useWords();
  const { t } = words;
  if (!message) return <span class="quoting">{t('talk.quotedOlder')}</span>;
  return <button type="button" class="quoting" onClick={onClick}><b>{now.byPerson.get(message.by)?.card.name ?? t('talk.someone')}</b> {oneLine(message, words)}</button>;
}

/** What the hotline said: the thing itself as a card where there is one to draw, or its line. */
function NoteOrCard({ note, stream, drill }: { note: NonNullable<Message['note']>; stream: string; drill: boolean }): ComponentChildren {
  const words = useWords();
  const rooms = useRooms();
  const load = note.ref && rooms.map((room) => room.cards?.[note.ref!.noun]).find((card) => card);
  // With all its sentences: until they are here the note says it in one.
  const Card = useSheet<ComponentType<CardProps>>(load);
  if (Card && note.ref) return <Card id={note.ref.id} stream={stream} line={note.line} params={noteParams(note, words)} />;
  return <Note>{drill && <Tag kind="drill">{words.t('talk.drill')}</Tag>} <b>{noteLine(note, words)}</b></Note>;
}
