import { Bar, Button, DrillFrame, DrillWord, EmptyNote, FieldError, Loading, Page, Tag } from '@noroshi/foundations/ui';
import type { Id } from '@noroshi/foundations/kernel';
import { useFrame, useLine, useLive, useNow, useRoute, useSending, useStair, useWords, WhenWhole, type PageProps } from '@noroshi/foundations/web';
import { useEffect, useRef, useState } from 'preact/hooks';
import { answerSurvey, type AnswerSaid } from '../answer.ts';
import { isAnswered, shownOf, type Values } from '../form.ts';
import { isOpen } from '../sheet.ts';
import { titleOf } from '../says.ts';
import { pagesOf } from '../pages.ts';
import { readSurveys, type Known, type SheetNow } from './known.ts';
import { QuestionField } from './QuestionField.tsx';
import './survey.css';

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
    return { all, now, person, begun: said?.values ?? (kept ? (JSON.parse(kept) as Values) : undefined) };
  }, [language, again, params['survey'], whom]);
  if (known?.now) return <Answering key={`${known.now.sheet.id}/${known.person}`} known={known.all} now={known.now} person={known.person} begun={known.begun} again={again} />;
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} head={<><Bar title={t('survey.entry')} back={{ label: t('app.back'), href: '/survey' }} />{frame.bands}</>}>
      {known ? <WhenWhole><EmptyNote>{t('refusal.survey.notFound')}</EmptyNote></WhenWhole> : <Loading>{t('app.loading')}</Loading>}
    </Page>
  );
}

function Answering({ known, now: { sheet, place, answerOf }, person, begun, again }: { known: Known; now: SheetNow; person: Id; begun: Values | undefined; again: Id | undefined }) {
  const words = useWords();
  const { t, moment } = words;
  const frame = useFrame();
  const stair = useStair();
  const route = useRoute();
  const line = useLine();
  const clock = useNow();
  const sending = useSending();
  const mine = person === stair.actor.person;
  const [values, setValues] = useState<Values>(begun ?? answerOf(person)?.said.at(-1)?.values ?? {});
  const [at, turn] = useState(0);
  const [pressed, press] = useState(false);
  const written = useRef(false);
  const sent = useRef(false);
  const draft = draftOf(sheet.id, person);
  useEffect(() => {
    if (written.current && !sent.current) void stair.replica.outbox.draft.put({ place: draft, text: JSON.stringify(values), at: stair.now() });
  }, [values]);
  const change = (id: string, value: Values[string] | undefined): void => {
    written.current = true;
    const { [id]: _before, ...rest } = values;
    setValues(value === undefined ? rest : { ...rest, [id]: value });
  };
  const shown = shownOf(sheet.form, values);
  const pages = pagesOf(shown);
  const here = Math.min(at, pages.length - 1);
  const missing = (of: typeof shown): typeof shown => of.filter((one) => one.required && !isAnswered(values[one.id]));
  const lacking = missing(pages[here] ?? []);
  const last = here === pages.length - 1;
  const open = isOpen(sheet, clock);
  const back = `/survey/${sheet.survey}`;
  const go = async (): Promise<void> => {
    press(true);
    if (lacking.length > 0) return;
    if (!last) {
      press(false);
      turn(here + 1);
      document.getElementById('main')?.scrollTo({ top: 0 });
      return;
    }
    const told = await sending.send(answerSurvey, { place, sheet: sheet.id, ...(mine ? {} : { person }), values });
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
      head={<><Bar title={<>{drill && <DrillWord>【{t('home.drill')}】</DrillWord>}{titleOf(sheet, words)}</>} subtitle={sheet.due === undefined ? sheet.title : t('survey.until', { time: moment(sheet.due) })} back={{ label: t('app.back'), close: true, href: back }} />{!drill && line.state !== 'open' && frame.bands}</>}
      foot={<>
        {pressed && lacking.length > 0 && <FieldError>{t('survey.lacking', { n: lacking.length })}</FieldError>}
        {!open && <FieldError>{t(sheet.due !== undefined && clock >= sheet.due ? 'survey.tooLateStays' : 'survey.overStays')}</FieldError>}
        {sending.trouble && open && <FieldError>{sending.trouble}</FieldError>}
        {pages.length > 1 && <p class="sub" role="status">{t('survey.pageOf', { n: here + 1, of: pages.length })}</p>}
        <div class={here > 0 ? 'halves' : undefined}>
          {here > 0 && <Button tall onClick={() => { press(false); turn(here - 1); }}>{t('survey.pageBack')}</Button>}
          <Button kind="main" wide icon={last ? 'send' : undefined} busy={sending.busy ? t('request.sending') : undefined} disabled={last && !open} onClick={() => void go()}>{last ? t(line.state === 'open' ? 'survey.send' : 'survey.keep') : t('survey.pageNext')}</Button>
        </div>
      </>}>
      {!mine && <p><Tag>{t('survey.byPhone')}</Tag> {t('survey.byPhoneSays', { name })}</p>}
      {here === 0 && sheet.note && <p class="long survey-note">{sheet.note}</p>}
      {(pages[here] ?? []).map((one) => (
        <QuestionField key={one.id} question={one} value={values[one.id]} onChange={(value) => change(one.id, value)}
          error={pressed && lacking.includes(one) ? t('survey.pleaseAnswer') : undefined} />
      ))}
    </Page>
  );
  return drill ? <DrillFrame band={t('incident.drillBand')}>{page}</DrillFrame> : page;
}
