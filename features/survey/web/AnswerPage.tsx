import { Bar, DrillFrame, DrillWord, EmptyNote, FieldError, Loading, Page, Tag } from '@noroshi/foundations/ui';
import type { Attachment } from '@noroshi/features/talk';
import type { Id } from '@noroshi/foundations/kernel';
import { roomStream } from '@noroshi/foundations/sync';
import { useFrame, useLine, useLive, useNow, useRoute, useSending, useStair, useWords, WhenWhole, type PageProps } from '@noroshi/foundations/web';
import { useEffect, useRef, useState } from 'preact/hooks';
import { answerSurvey, type AnswerSaid } from '../answer.ts';
import { photosIn, type Values } from '../form.ts';
import { isOpen, photosOf } from '../sheet.ts';
import { titleOf } from '../says.ts';
import { castAnswer } from './cast.ts';
import { readSurveys, type Known, type SheetNow } from './known.ts';
import { FillingFoot, FillingQuestions } from './Filling.tsx';
import { useFilling } from './use-filling.ts';
import './survey.css';

interface Begun { readonly values: Values; readonly files: readonly Attachment[] }
/** What is half written, as it is kept. */
function readDraft(text: string): Begun {
  const kept = JSON.parse(text) as Partial<Begun>;
  return { values: kept.values ?? {}, files: kept.files ?? [] };
}
const draftOf = (sheet: Id, person: Id): string => `survey/${sheet}/${person}`;

/** An answer in detail, page by page: one's own, or of a colleague who says it by telephone. What is half written stays on this device. */
export default function AnswerPage({ params }: PageProps) {
  const { t, language } = useWords();
  const frame = useFrame();
  const { actor } = useStair();
  const { search } = useRoute();
  const again = params['survey'] === 'again' ? params['part'] : undefined;
  const whom = search.get('for') ?? undefined;
  const known = useLive(async (stair) => {
    const all = await readSurveys(stair, language);
    const item = again ? await stair.replica.outbox.item.where('id').equals(again).first() : undefined;
    const said = item?.input as AnswerSaid | undefined;
    const person = said ? said.person ?? actor.person : whom ?? actor.person;
    const survey = all.surveys.find(({ id, sheets }) => (said ? sheets.some(({ sheet }) => sheet.id === said.sheet) : id === params['survey']));
    const wanted = said?.sheet ?? search.get('sheet');
    const now = wanted ? survey?.sheets.find(({ sheet }) => sheet.id === wanted) : survey?.mine;
    const kept = now && (await stair.replica.outbox.draft.get(draftOf(now.sheet.id, person)))?.text;
    const begun: Begun | undefined = said ? { values: said.values, files: said.files ?? [] } : kept ? readDraft(kept) : undefined;
    return { all, now, person, begun };
  }, [language, again, params['survey'], whom]);
  if (known?.now) return <Answering key={`${known.now.sheet.id}/${known.person}`} known={known.all} now={known.now} person={known.person} begun={known.begun} again={again} />;
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} head={<><Bar title={t('survey.entry')} back={{ label: t('app.back'), href: '/survey' }} />{frame.bands}</>}>
      {known ? <WhenWhole><EmptyNote>{t('refusal.survey.notFound')}</EmptyNote></WhenWhole> : <Loading>{t('app.loading')}</Loading>}
    </Page>
  );
}

function Answering({ known, now: { sheet, place, answerOf }, person, begun, again }: { known: Known; now: SheetNow; person: Id; begun: Begun | undefined; again: Id | undefined }) {
  const words = useWords();
  const { t, moment, refusal } = words;
  const frame = useFrame();
  const stair = useStair();
  const route = useRoute();
  const line = useLine();
  const clock = useNow();
  const sending = useSending();
  const mine = person === stair.actor.person;
  const draft = draftOf(sheet.id, person);
  const sent = useRef(false);
  const before = answerOf(person);
  const [files, setFiles] = useState<readonly Attachment[]>(begun?.files ?? []);
  const filling = useFilling(sheet.form, begun?.values ?? before?.said.at(-1)?.values ?? {});
  const { values } = filling;
  const written = useRef(values);
  useEffect(() => {
    if (written.current === values || sent.current) return;
    written.current = values;
    // What was over when it was written is not kept under a name.
    if (sheet.anonymous && !isOpen(sheet, stair.now())) return;
    void stair.replica.outbox.draft.put({ place: draft, text: JSON.stringify({ values, files }), at: stair.now() });
  }, [values, files]);
  const named = photosIn(sheet.form, values);
  const along = files.filter(({ file }) => named.includes(file));
  const open = isOpen(sheet, clock);
  const back = `/survey/${sheet.survey}`;
  const anonymous = sheet.anonymous ?? false;
  const [casting, cast] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const putIn = async (): Promise<boolean> => {
    cast(true);
    setWrong(undefined);
    const trouble = await castAnswer(stair, { sheet, place }, values).finally(() => cast(false));
    if (trouble) setWrong(refusal(trouble.code, trouble.params));
    return !trouble;
  };
  const go = async (): Promise<void> => {
    const told = anonymous ? await putIn() : await sending.send(answerSurvey, { place, sheet: sheet.id, ...(mine ? {} : { person }), values, ...(along.length > 0 ? { files: along } : {}) });
    if (!told) return;
    sent.current = true;
    if (again) await stair.drop(again);
    await stair.replica.outbox.draft.delete(draft);
    route.go(back, { replace: true });
  };
  const name = known.people.find(({ id }) => id === person)?.name ?? '';
  const drill = sheet.drill ?? false;
  const page = (
    <Page skipLabel={frame.skipLabel} content="form"
      head={<><Bar title={<>{drill && <DrillWord>{t('app.drillMark')}</DrillWord>}{titleOf(sheet, words)}</>} subtitle={sheet.due === undefined ? (sheet.kind === 'safety' ? sheet.title : known.org(sheet.org)) : t('survey.until', { time: moment(sheet.due) })} back={{ label: t('app.back'), close: true, href: back }} />{!drill && line.state !== 'open' && frame.bands}</>}
      foot={<>
        {!open && <FieldError>{t(anonymous ? 'survey.overGoes' : sheet.due !== undefined && clock >= sheet.due ? 'survey.tooLateStays' : 'survey.overStays')}</FieldError>}
        {(wrong ?? sending.trouble) && open && <FieldError>{wrong ?? sending.trouble}</FieldError>}
        {anonymous && line.state !== 'open' && <p class="sub">{t('survey.anonymousNeedsLine')}</p>}
        <FillingFoot filling={filling} onDone={() => void go()} last={{ label: t(line.state === 'open' || anonymous ? 'survey.send' : 'survey.keep'), icon: 'send', busy: sending.busy || casting ? t('request.sending') : undefined, disabled: !open }} />
      </>}>
      {!mine && <p><Tag>{t('survey.byPhone')}</Tag> {t('survey.byPhoneSays', { name })}</p>}
      {anonymous && <p><Tag>{t('survey.make.anonymous')}</Tag> {t('survey.anonymousSays')}</p>}
      <FillingQuestions filling={filling} note={sheet.note} photos={{ stream: roomStream(place), known: [...files, ...photosOf(before)], add: (more) => setFiles([...files, ...more]) }} />
    </Page>
  );
  return drill ? <DrillFrame band={t('incident.drillBand')}>{page}</DrillFrame> : page;
}
