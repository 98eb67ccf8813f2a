import { Chips, Field, IconLine, ToggleChips } from '@noroshi/foundations/ui';
import { incidentSays } from '@noroshi/features/incident';
import { fromLocal, toLocal } from '@noroshi/foundations/kernel';
import { useWords } from '@noroshi/foundations/web';
import type { Written } from '../written.ts';
import type { Known } from './known.ts';
import { WhomFields, type Whom } from './WhomFields.tsx';

/** So many hours before the deadline the silent can be chased. */
const chases = [1, 3, 24, 72] as const;

/** Whom a form is asked, until when, and under which promise. */
export function AskFields({ now, change, known, whom }: { now: Written; change: (more: Partial<Written>) => void; known: Known; whom: Whom }) {
  const words = useWords();
  const { t } = words;
  const incidents = known.incidents.filter((one) => one.closedAt === undefined);
  return <>
    <WhomFields whom={whom} known={known} />
    <Chips legend={t('survey.make.names')} value={now.anonymous ? 'anonymous' : 'named'} onChange={(value) => change({ anonymous: value === 'anonymous' })} choices={[
      { value: 'named', label: t('survey.make.named'), note: t('survey.make.namedSays'), whole: true },
      { value: 'anonymous', label: t('survey.make.anonymous'), note: t('survey.make.anonymousSays'), whole: true },
    ]} />
    <Field label={t('survey.make.due')} hint={t(now.anonymous ? 'survey.make.dueNeeded' : 'survey.make.dueSays')}>{(wiring) => <input {...wiring} type="datetime-local" value={toLocal(now.due)} onInput={(e) => change({ due: fromLocal(e.currentTarget.value) })} />}</Field>
    {now.due !== undefined && (
      <Chips legend={t('survey.make.chase')} value={String(now.chase ?? 'none')} onChange={(value) => change({ chase: value === 'none' ? undefined : Number(value) })} choices={[
        { value: 'none', label: t('survey.make.chaseNot') }, ...chases.map((n) => ({ value: String(n), label: t('survey.make.chaseBefore', { n }) })),
      ]} />
    )}
    <ToggleChips legend={t('survey.make.changing')} values={now.once ? ['once' as const] : []} onChange={(values) => change({ once: values.includes('once') })} choices={[{ value: 'once', label: t('survey.make.once'), note: t('survey.make.onceSays'), whole: true }]} />
    {incidents.length > 0 && (
      <Field label={t('survey.forWhat')}>{(wiring) => (
        <select {...wiring} value={now.incident ?? ''} onChange={(e) => change({ incident: e.currentTarget.value || undefined })}>
          <option value="">{t('survey.noIncident')}</option>
          {incidents.map((one) => <option key={one.id} value={one.id}>{incidentSays(one, words)}</option>)}
        </select>
      )}</Field>
    )}
    <IconLine icon="eye">{t(now.anonymous ? 'survey.make.seesAnonymous' : 'survey.happens.sees')}</IconLine>
  </>;
}
