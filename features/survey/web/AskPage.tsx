import { Bar, Button, Chips, DrillFrame, DrillWord, EmptyNote, Field, FieldError, IconLine, Loading, Page } from '@noroshi/foundations/ui';
import { incidentSays } from '@noroshi/features/incident';
import type { Id } from '@noroshi/foundations/kernel';
import { useFrame, useLine, useLive, useRoute, useSending, useWords, WhenWhole } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { ask } from '../ask.ts';
import { isFirst, readSurveys, type Known } from './known.ts';
import { asksSay, useWhom, WhomFields } from './WhomFields.tsx';
import './survey.css';

/** 安否・参集を聞く: everything stands as it mostly is, so that one press is enough. */
export default function AskPage() {
  const { t, language } = useWords();
  const frame = useFrame();
  const known = useLive((stair) => readSurveys(stair, language), [language]);
  if (known && known.askable.length > 0) return <Asks known={known} />;
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} head={<><Bar title={t('survey.askSafety')} back={{ label: t('app.back'), href: '/survey' }} />{frame.bands}</>}>
      {known ? <WhenWhole><EmptyNote>{t('refusal.survey.notAllowed')}</EmptyNote></WhenWhole> : <Loading>{t('app.loading')}</Loading>}
    </Page>
  );
}

function Asks({ known }: { known: Known }) {
  const words = useWords();
  const { t } = words;
  const frame = useFrame();
  const route = useRoute();
  const line = useLine();
  const sending = useSending();
  const incidents = known.incidents.filter((one) => one.closedAt === undefined).toSorted((a, b) => Number(a.drill) - Number(b.drill) || b.openedAt - a.openedAt);
  const wanted = route.search.get('incident');
  const [chosen, choose] = useState<Id | 'none'>(wanted && incidents.some(({ id }) => id === wanted) ? wanted : incidents[0]?.id ?? 'none');
  const incident = incidents.find(({ id }) => id === chosen);
  // Who is hit, and those who lead: of them one has to know first.
  const whom = useWhom(known, incident ? known.askable.map(({ id }) => id).filter(isFirst(incident, known.headquarters)) : []);
  const { orgs } = whom;
  const [note, write] = useState('');
  const [pressed, press] = useState(false);
  const drill = incident?.drill ?? false;
  const send = async (): Promise<void> => {
    press(true);
    if (orgs.length === 0) return;
    const id = await sending.send(ask, { kind: 'safety', orgs: [...orgs], title: '', ...(note.trim() ? { note: note.trim() } : {}), ...(incident ? { incident: incident.id } : {}) });
    if (id) route.go(`/survey/${id}`, { replace: true });
  };
  const page = (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} content="form"
      head={<><Bar title={<>{drill && <DrillWord>{t('app.drillMark')}</DrillWord>}{t('survey.askSafety')}</>} back={{ label: t('app.back'), close: true, onClick: () => route.back('/survey') }} />{!drill && frame.bands}</>}
      foot={<>
        {pressed && orgs.length === 0 && <FieldError>{t('survey.nobodyChosen')}</FieldError>}
        {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
        {line.state !== 'open' && <p class="sub">{t('survey.askNeedsLine')}</p>}
        <Button kind="main" wide icon="bell" busy={sending.busy ? t('request.sending') : undefined} onClick={() => void send()}>{asksSay(whom, known, words)}</Button>
      </>}>
      {incidents.length > 0 && (
        <Chips legend={t('survey.forWhat')} value={chosen} onChange={choose} choices={[
          ...incidents.map((one) => ({ value: one.id, label: incidentSays(one, words), whole: true })),
          { value: 'none' as const, label: t('survey.noIncident'), whole: true },
        ]} />
      )}
      <WhomFields whom={whom} known={known} />
      <div>
        <p class="field-label">{t('survey.whatHappens')}</p>
        <IconLine icon="bell">{t(drill ? 'survey.happens.pushDrill' : 'survey.happens.push')}</IconLine>
        <IconLine icon="phone">{t('survey.happens.chase')}</IconLine>
        <IconLine icon="eye">{t('survey.happens.sees')}</IconLine>
      </div>
      <Field label={t('survey.note')} hint={t('survey.noteSays')}>{(wiring) => <textarea {...wiring} maxLength={1_000} value={note} onInput={(e) => write(e.currentTarget.value)} />}</Field>
    </Page>
  );
  return drill ? <DrillFrame band={t('incident.drillBand')}>{page}</DrillFrame> : page;
}
