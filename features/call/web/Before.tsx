import type { Id } from '@noroshi/foundations/kernel';
import { listed } from '@noroshi/foundations/i18n';
import { Bar, Button, Chips, EmptyNote, FieldError, IconLine, Page, State, ToggleChips } from '@noroshi/foundations/ui';
import { useFrame, useLine, useLowData, useSending, useStair, useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { present, type CallKind } from '../call-noun.ts';
import { start } from '../start.ts';
import { tierOf } from '../tiers.ts';
import { CannotBeRung } from './CannotBeRung.tsx';
import { filming } from './clip.ts';
import { ClipButton } from './ClipButton.tsx';
import type { Known } from './known.ts';
import { Microphone } from './Microphone.tsx';
import { Picture } from './Picture.tsx';
import { Session, sessionOf } from './session.ts';
import { useOwnMedia } from './use-own-media.ts';
import { useMeasured } from './use-measured.ts';
import { TroubleSays } from './TroubleSays.tsx';

type Whom = 'all' | 'some';

/** Before one joins: how one looks, what the line bears, whom one calls. Nobody sees or hears anything yet. */
export function Before({ known }: { known: Known }) {
  const words = useWords();
  const { t } = words;
  const frame = useFrame();
  const stair = useStair();
  const line = useLine();
  const low = useLowData();
  const { room, title, others, call, byPerson } = known;
  const media = useOwnMedia();
  const advice = useMeasured(line.state === 'open');
  const { busy, trouble, send } = useSending();
  const [kind, setKind] = useState<CallKind>('meet');
  const [whom, setWhom] = useState<Whom>('all');
  const [some, setSome] = useState<readonly Id[]>([]);
  const isTwo = room.kind === 'direct';
  /** How many will hear it ring, where that is more than the one whom a talk of two is with: the choice stands further down than the button. */
  const rung = isTwo ? 0 : whom === 'some' ? some.length : others.length;
  const nobody = !call && whom === 'some' && some.length === 0;
  const goIn = async (withPicture: boolean): Promise<void> => {
    const id = call?.id ?? await send(start, { room: room.id, kind, ...(whom === 'some' && !isTwo ? { rings: [...some] } : {}) });
    if (id === undefined) return;
    const { sound, picture, facing } = media.take(withPicture);
    sessionOf(stair).set(new Session(stair, { room: room.id, call: id, sound, picture, facing, bears: advice ? tierOf[advice] : 'sound', sees: !low, ...(media.place ? { place: media.place } : {}) }));
  };
  const who = call ? present(call).map((person) => byPerson.get(person)?.card.name ?? '') : [];
  // While they are being asked for, it is as if they were there: no button changes its word under a finger.
  const isHeard = media.sound !== undefined || media.asking;
  const [withAll, withoutPicture] = isHeard
    ? call ? ['call.joinAll', 'call.joinSound'] as const : rung > 0 ? ['call.ringAll', 'call.ringSound'] as const : ['call.callAll', 'call.callSound'] as const
    : call ? ['call.joinPicture', 'call.joinWatch'] as const : rung > 0 ? ['call.ringPicture', 'call.ringWatch'] as const : ['call.callPicture', 'call.callWatch'] as const;
  const away = line.state !== 'open';
  const still = away || nobody || others.length === 0;
  const reason = away ? 'call.needsLine' : nobody ? 'call.chooseSomeone' : others.length === 0 ? 'call.nobodyElse' : undefined;
  const pictureFirst = media.picture !== undefined && advice !== 'sound' && advice !== 'clip';
  const clipFirst = media.picture !== undefined && (advice === 'clip' || away);
  const clip = media.picture && <ClipButton room={room.id} opens={() => filming(media.picture, media.sound)} place={media.place} main={clipFirst} />;
  const buttons = [
    <Button key="all" kind={pictureFirst ? 'main' : 'plain'} wide icon="video" disabled={still || !media.picture} describedBy="call-why" busy={busy && pictureFirst ? t('call.calling') : undefined} onClick={() => void goIn(true)}>{t(withAll, { n: rung })}</Button>,
    <Button key="sound" kind={pictureFirst || clipFirst ? 'plain' : 'main'} wide icon="phone" disabled={still} describedBy="call-why" busy={busy && !pictureFirst ? t('call.calling') : undefined} onClick={() => void goIn(false)}>{t(withoutPicture, { n: rung })}</Button>,
  ];
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} content="form call-before" head={<><Bar title={t('call.title')} subtitle={title} back={{ label: t('talk.toTalk'), href: `/talk/${room.id}` }} />{frame.bands}</>}
      foot={<>
        <p id="call-why" class="hint">{reason ? t(reason) : ''}</p>
        {trouble && <FieldError>{trouble}</FieldError>}
        {clipFirst && clip}
        {pictureFirst ? buttons : buttons.toReversed()}
        {!clipFirst && clip}
      </>}>
      {call && <IconLine icon="people"><b>{t('call.inIt', { n: who.length })}</b> {listed(who, words)}</IconLine>}
      {media.picture
        ? <div class="call-own"><Picture stream={media.stream!} mirrored={media.facing === 'user'} /></div>
        : media.asking ? <EmptyNote>{t('call.opening')}</EmptyNote> : null}
      {media.troubles.map((one) => <TroubleSays key={one.of} {...one} />)}
      <div class="row">
        <Button pressed={!isHeard} onClick={() => void media.hush()}><Microphone on={isHeard} />{t(isHeard ? 'call.mute' : 'call.unmute')}</Button>
        {media.picture && <Button icon="loop" onClick={() => void media.turn()}>{t('call.turn')}</Button>}
        {!media.asking && media.troubles.length > 0 && <Button icon="loop" onClick={() => void media.again()}>{t('call.tryAgain')}</Button>}
        <Button icon="pin" pressed={media.place !== undefined} onClick={() => void media.tellPlace()}>{t(media.place ? 'call.placeTold' : 'call.tellPlace')}</Button>
      </div>
      <p role="status" class="call-says">{advice ? <State kind={advice === 'video' ? 'ok' : advice === 'small' ? 'doing' : 'short'}>{t(`call.bears.${advice}`)}</State> : line.state === 'open' ? t('call.measuring') : ''}</p>
      {!call && (
        <>
          <Chips<CallKind> legend={t('call.what')} value={kind} onChange={setKind} choices={[{ value: 'meet', label: t('call.meet') }, { value: 'show', label: t('call.show'), note: t('call.showNote') }]} />
          {!isTwo && <Chips<Whom> legend={t('call.whom')} value={whom} onChange={setWhom} choices={[{ value: 'all', label: t('call.all', { n: others.length }) }, { value: 'some', label: t('call.some') }]} />}
          {!isTwo && whom === 'some' && <ToggleChips<Id> legend={t('call.whom')} quiet values={some} onChange={setSome} choices={others.map(({ person, card }) => ({ value: person, label: card.name, note: `${card.orgName} ${card.post}` }))} />}
          <CannotBeRung room={room.id} of={whom === 'some' && !isTwo ? others.filter(({ person }) => some.includes(person)) : others} />
        </>
      )}
    </Page>
  );
}
