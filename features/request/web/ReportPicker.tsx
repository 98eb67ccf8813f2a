import { oneLine } from '@noroshi/features/talk/web';
import { Chips, EmptyNote } from '@noroshi/foundations/ui';
import { useLive, useWords } from '@noroshi/foundations/web';
import type { Id } from '@noroshi/foundations/kernel';
import type { DispatchRequest } from '../dispatch-request.ts';
import { fieldName, inWords } from '../in-words.ts';
import { readReports } from './around.ts';
import { readNames } from './known.ts';

/** Which of the town's own words in the talk tell of the damage: they are linked here and quoted on paper. */
export function ReportPicker({ request, value, onChange }: { request: DispatchRequest; value: Id | undefined; onChange: (message: Id | undefined) => void }) {
  const words = useWords();
  const { t, moment, language } = words;
  const held = useLive(async (stair) => ({ names: await readNames(stair, request.room, language), reports: await readReports(stair, request.room, request.org) }), [request.room, request.org, language]);
  if (!held) return null;
  const { names, reports } = held;
  const chosen = value && !reports.some((one) => one.id === value) ? [{ value, label: inWords('damageReport', value, words), whole: true }] : [];
  return (
    <details class="request-report">
      <summary class="link">{value ? `${fieldName('damageReport', words)}: ${inWords('damageReport', value, words)}` : t('request.report.choose')}</summary>
      {reports.length === 0 && chosen.length === 0 ? <EmptyNote>{t('request.report.none', { town: names.org(request.org) })}</EmptyNote> : (
        <Chips legend={t('request.report.legend', { town: names.org(request.org) })} value={value ?? ''} onChange={(id) => onChange(id || undefined)} choices={[
          { value: '', label: t('request.report.without'), whole: true },
          ...chosen,
          ...reports.map((one) => ({ value: one.id, label: oneLine(one, words), note: [names.post(one.by), names.person(one.by), moment(one.at)].filter(Boolean).join(' '), whole: true })),
        ]} />
      )}
    </details>
  );
}
