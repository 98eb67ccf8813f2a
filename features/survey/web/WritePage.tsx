import { Bar, Button, EmptyNote, Field, FieldError, Loading, Page, Pane, SectionHead } from '@noroshi/foundations/ui';
import { useFrame, useLine, useLive, useRoute, useSending, useStair, useWords, WhenWhole, type PageProps } from '@noroshi/foundations/web';
import { useRef, useState } from 'preact/hooks';
import { room as roomNoun, type Room } from '@noroshi/features/talk';
import { wordsTaken } from '@noroshi/features/talk/web';
import { ask } from '../ask.ts';
import { checkForm, questionKinds, type Form } from '../form.ts';
import { keepTemplate } from '../template.ts';
import { chaseFromOf, emptyWritten, formOf, longestNote, longestTitle, withQuestion, type Written } from '../written.ts';
import { AskFields } from './AskFields.tsx';
import { draftStart } from './drafts.ts';
import { FillingFoot, FillingQuestions } from './Filling.tsx';
import { readSurveys, type Known } from './known.ts';
import { QuestionEditor } from './QuestionEditor.tsx';
import { useFilling } from './use-filling.ts';
import { asksSay, useWhom, type RoomToAsk } from './WhomFields.tsx';
import './survey.css';

interface Begun { readonly known: Known; readonly written: Written | undefined; readonly rooms: readonly RoomToAsk[] }

/** アンケートをつくる: questions first, then whom they are asked. Every key that is pressed is kept on this device. */
export default function WritePage({ params }: PageProps) {
  const { t, language } = useWords();
  const frame = useFrame();
  const place = `${draftStart}${params['part']}`;
  const begun = useLive(async (stair): Promise<Begun> => {
    const known = await readSurveys(stair, language);
    const kept = await stair.replica.outbox.draft.get(place);
    const rooms = (await stair.replica.all<Room>(roomNoun.noun)).map(({ value }) => value).filter(({ kind, closedAt }) => kind !== 'board' && kind !== 'direct' && closedAt === undefined);
    return { known, rooms, written: kept && { ...emptyWritten, ...(JSON.parse(kept.text) as Written) } };
  }, [place, language]);
  // What comes in while one writes changes nothing under the hands.
  const first = useRef<{ place: string; begun: Begun & { written: Written } } | undefined>(undefined);
  if (begun?.written && begun.known.askable.length > 0 && first.current?.place !== place) first.current = { place, begun: { ...begun, written: begun.written } };
  if (first.current?.place === place) return <Writing key={place} begun={first.current.begun} place={place} />;
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} head={<><Bar title={t('survey.make.title')} back={{ label: t('app.back'), href: '/survey/new' }} />{frame.bands}</>}>
      {begun ? <WhenWhole><EmptyNote>{t(begun.known.askable.length === 0 ? 'refusal.survey.notAllowed' : 'survey.make.noDraft')}</EmptyNote></WhenWhole> : <Loading>{t('app.loading')}</Loading>}
    </Page>
  );
}

type Step = 'form' | 'preview' | 'ask';

function Writing({ begun: { known, written: from, rooms }, place }: { begun: Begun & { written: Written }; place: string }) {
  const words = useWords();
  const { t, refusal } = words;
  const frame = useFrame();
  const stair = useStair();
  const route = useRoute();
  const line = useLine();
  const sending = useSending();
  const { draft: table } = stair.replica.outbox;
  const [now, set] = useState(from);
  const [step, go] = useState<Step>('form');
  const [open, unfold] = useState<string | undefined>(from.form.length === 1 ? from.form[0]!.id : undefined);
  const added = useRef<string | undefined>(undefined);
  const [pressed, press] = useState(false);
  const [kept, keep] = useState(false);
  const whom = useWhom(known, [], rooms, from.anonymous ? undefined : from.along?.room);
  const change = (more: Partial<Written>): void => {
    const next = { ...now, ...more };
    set(next);
    keep(false);
    void table.put({ place, text: JSON.stringify(next), at: stair.now() });
  };
  const form = formOf(now);
  const verdict = checkForm(form);
  const wrong = verdict.ok ? undefined : refusal(verdict.code, verdict.params);
  const no = verdict.ok ? undefined : Number(verdict.params?.['no']) || undefined;
  const untitled = now.title.trim() === '';
  const on = (): void => {
    press(true);
    if (no !== undefined) unfold(now.form[no - 1]?.id);
    if (verdict.ok && !untitled) go('ask');
  };
  const send = async (): Promise<void> => {
    if (whom.orgs.length === 0) return press(true);
    const { title, note, due, once, anonymous, incident } = now;
    const chaseFrom = chaseFromOf(now);
    const id = await sending.send(ask, {
      kind: 'form', orgs: [...whom.orgs], title, questions: [...form], ...(note.trim() ? { note } : {}), ...(due === undefined ? {} : { due }), ...(chaseFrom === undefined ? {} : { chaseFrom }),
      ...(whom.room ? { room: whom.room } : {}), ...(once ? { once: 1 } : {}), ...(anonymous ? { anonymous: 1 } : {}), ...(incident ? { incident } : {}),
    });
    if (!id) return;
    await table.delete(place);
    if (now.along) await wordsTaken(stair, now.along, [`${title}\n${note}`, note]);
    route.go(`/survey/${id}`, { replace: true });
  };
  const keepIt = async (): Promise<void> => {
    if (await sending.send(keepTemplate, { title: now.title, ...(now.note.trim() ? { note: now.note } : {}), questions: [...form] })) keep(true);
  };
  const preview = <Preview key={JSON.stringify(form)} form={form} note={now.note} onDone={() => go('form')} />;
  if (step === 'preview') return preview;
  const asks = step === 'ask';
  return (
    <Page skipLabel={frame.skipLabel} content="form"
      head={<><Bar title={t(asks ? 'survey.make.askTitle' : 'survey.make.title')} subtitle={now.title} back={asks ? { label: t('app.back'), onClick: () => go('form') } : { label: t('app.back'), close: true, href: now.along ? `/talk/${now.along.room}` : '/survey/new' }} />{line.state !== 'open' && frame.bands}</>}
      side={!asks && form.length > 0 && <Pane at="side" label={t('survey.make.preview')} head={<Bar level={2} title={t('survey.make.preview')} />}><PreviewPart key={JSON.stringify(form)} form={form} note={now.note} /></Pane>}
      foot={<>
        {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
        {kept && <p role="status">{t('survey.make.kept')}</p>}
        {asks && pressed && whom.orgs.length === 0 && <FieldError>{t('survey.nobodyChosen')}</FieldError>}
        {asks && line.state !== 'open' && <p class="sub">{t('survey.askNeedsLine')}</p>}
        {!asks && pressed && (wrong || untitled) && <FieldError>{untitled ? t('refusal.survey.titleMissing') : wrong}</FieldError>}
        {asks
          ? <Button kind="main" wide icon="send" busy={sending.busy ? t('request.sending') : undefined} onClick={() => void send()}>{asksSay(whom, known, words)}</Button>
          : <div class="halves survey-foot"><Button tall icon="eye" disabled={form.length === 0} onClick={() => go('preview')}>{t('survey.make.preview')}</Button><Button kind="main" icon="next" onClick={on}>{t('survey.make.next')}</Button></div>}
      </>}>
      {asks ? <AskFields now={now} change={change} known={known} whom={whom} /> : <>
        <Field label={t('survey.make.name')} error={pressed && untitled ? t('refusal.survey.titleMissing') : undefined}>{(wiring) => <input {...wiring} maxLength={longestTitle} value={now.title} onInput={(e) => change({ title: e.currentTarget.value })} />}</Field>
        <Field label={t('survey.make.head')} hint={t('survey.make.headSays')}>{(wiring) => <textarea {...wiring} maxLength={longestNote} value={now.note} onInput={(e) => change({ note: e.currentTarget.value })} />}</Field>
        <SectionHead title={t('survey.make.questions')} aside={t('survey.make.count', { n: now.form.length })} />
        {now.form.map((one, at) => <QuestionEditor key={one.id} form={now.form} no={at + 1} open={open === one.id} fresh={added.current === one.id} onBegun={() => { added.current = undefined; }} onOpen={(wide) => unfold(wide ? one.id : open === one.id ? undefined : open)} onForm={(next) => change({ form: next })} wrong={pressed && no === at + 1 ? wrong : undefined} />)}
        <div>
          <p class="field-label">{t('survey.make.add')}</p>
          <div class="chips">{questionKinds.map((kind) => <Button key={kind} icon="plus" onClick={() => { const next = withQuestion(now.form, kind); added.current = next.at(-1)!.id; change({ form: next }); unfold(added.current); }}>{t(`survey.kind.${kind}`)}</Button>)}</div>
        </div>
        <Button icon="save" disabled={!verdict.ok || untitled || kept || line.state !== 'open'} onClick={() => void keepIt()}>{t('survey.make.keep')}</Button>
        <p class="sub">{t('survey.make.stays')}</p>
      </>}
    </Page>
  );
}

/** What was made, as whoever is asked will see it; nothing of what is put in is kept. */
function PreviewPart({ form, note }: { form: Form; note: string }) {
  const { t } = useWords();
  const filling = useFilling(form, {});
  return <div class="form survey-preview"><FillingQuestions filling={filling} note={note} /><FillingFoot filling={filling} onDone={() => undefined} last={{ label: t('survey.send'), icon: 'send', disabled: true }} /></div>;
}

/** The same as a whole screen, for the phone. */
function Preview({ form, note, onDone }: { form: Form; note: string; onDone: () => void }) {
  const { t } = useWords();
  const frame = useFrame();
  const filling = useFilling(form, {});
  return (
    <Page skipLabel={frame.skipLabel} content="form" head={<Bar title={t('survey.make.preview')} subtitle={t('survey.make.previewSays')} back={{ label: t('survey.make.previewEnd'), close: true, onClick: onDone }} />}
      foot={<FillingFoot filling={filling} onDone={onDone} last={{ label: t('survey.make.previewEnd') }} />}>
      <FillingQuestions filling={filling} note={note} />
    </Page>
  );
}
