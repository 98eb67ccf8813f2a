import { Button, FieldError, IconLine } from '@noroshi/foundations/ui';
import { listed } from '@noroshi/foundations/i18n';
import { useLine, useLive, useRoute, useSending, useWords } from '@noroshi/foundations/web';
import { ask } from '../ask.ts';
import { isAskedIn, isFirst, readSurveys } from './known.ts';
import './survey.css';

/** On the page of a disaster or drill, which stands when it has just been opened: whoever may ask those who are hit does so by one press, until somebody has. */
export default function AskOffer({ incident: id }: { incident: string }) {
  const words = useWords();
  const { t, language } = words;
  const line = useLine();
  const route = useRoute();
  const sending = useSending();
  const known = useLive((stair) => readSurveys(stair, language), [language]);
  const incident = known?.incidents.find((one) => one.id === id);
  if (!known || !incident || isAskedIn(known, id)) return null;
  const orgs = known.askable.map((one) => one.id).filter(isFirst(incident, known.headquarters));
  if (orgs.length === 0) return null;
  return (
    <section class="survey-mine form" aria-label={t('survey.askSafety')}>
      <p>{t('survey.offer')}</p>
      <IconLine icon="bell">{t(incident.drill ? 'survey.happens.pushDrill' : 'survey.happens.push')}</IconLine>
      {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
      {line.state !== 'open' && <p class="sub">{t('survey.askNeedsLine')}</p>}
      <Button wide kind="strong" icon="people" busy={sending.busy ? t('request.sending') : undefined}
        onClick={async () => { const survey = await sending.send(ask, { kind: 'safety', orgs, title: '', incident: id }); if (survey) route.go(`/survey/${survey}`); }}>{t('survey.offerAsk', { orgs: listed(orgs.map((org) => known.org(org)), words) })}</Button>
      <Button kind="quiet" href={`/survey/ask?incident=${id}`}>{t('survey.offerOthers')}</Button>
    </section>
  );
}
