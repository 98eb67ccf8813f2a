import { Button, FieldError, SectionHead } from '@noroshi/foundations/ui';
import { listed } from '@noroshi/foundations/i18n';
import { ask, useLine, useLive, useWords } from '@noroshi/foundations/web';
import { person as personNoun, type Person } from '@noroshi/features/directory';
import { useEffect, useRef, useState } from 'preact/hooks';
import { sums, type Sums } from '../ballot.ts';
import type { Form } from '../form.ts';
import type { PooledGroup, PooledQuestion } from '../pooled.ts';
import { optionSays, questionSays } from '../says.ts';
import type { Respondent } from '../tally.ts';
import { Bars } from './Bars.tsx';
import { isDone, type Known, type SurveyNow } from './known.ts';
import { People } from './People.tsx';

/** What an anonymous survey came to: who has not answered yet, and once it is over, what groups of at least five said. */
export function PooledResults({ one, known, people, orgs, open }: { one: SurveyNow; known: Known; people: readonly Respondent[]; orgs: boolean; open: boolean }) {
  const { t, refusal } = useWords();
  const line = useLine();
  const phones = useLive(async (s) => new Map((await s.replica.all<Person>(personNoun.noun)).map(({ value }) => [value.id, value.phones]))) ?? new Map<string, Person['phones']>();
  const [told, tell] = useState<Sums | { readonly trouble: string }>();
  const done = isDone(one) || !open;
  const load = async (): Promise<void> => {
    const answer = await ask(sums, { survey: one.id });
    tell(answer.ok ? answer.value : { trouble: refusal(answer.code, answer.params) });
  };
  useEffect(() => { void load(); }, [one.id, done, line.state]);
  // Over on this device, and told a minute later (`settles`): then it is asked a few times more. Elsewhere it may stay open for days.
  const tries = useRef(0);
  const early = done && told !== undefined && 'state' in told && told.state === 'open';
  useEffect(() => {
    if (!early || tries.current >= 3) return;
    tries.current += 1;
    const timer = setTimeout(() => void load(), 30_000);
    return () => clearTimeout(timer);
  }, [early, told]);
  const silent = people.filter(({ heard }) => !heard);
  return <>
    <SectionHead level={3} title={t('survey.whoAnswered')} />
    <Bars of={people.length} unit={(n) => t('survey.people', { n })} lines={[
      { key: 'heard', label: t('survey.answered'), n: people.length - silent.length, look: 'solid' },
      { key: 'silent', label: t('survey.silent'), n: silent.length, look: 'lack', icon: 'ring', inside: <People people={silent} phones={phones} orgs={orgs} open={open} /> },
    ]} />
    {told && 'trouble' in told && <div class="form"><FieldError>{told.trouble}</FieldError><Button icon="loop" onClick={() => void load()}>{t('survey.pooled.again')}</Button></div>}
    {told && 'state' in told && told.state !== 'shown' && <p class="form sub">{t(`survey.pooled.${told.state}`)}</p>}
    {told && 'state' in told && told.groups.map((group) => <Group key={group.orgs.join()} group={group} form={one.first.form} org={known.org} />)}
  </>;
}

function Group({ group, form, org }: { group: PooledGroup; form: Form; org: (id: string) => string }) {
  const words = useWords();
  const { t } = words;
  return (
    <section>
      <SectionHead title={listed(group.orgs.map(org), words)} aside={t('survey.ofWhom', { n: group.n })} />
      {group.questions.map((one) => <Said key={one.id} said={one} form={form} n={group.n} />)}
    </section>
  );
}

/** What the group said to one question. */
function Said({ said: { id, answered, options, sum, rows, words: texts }, form, n }: { said: PooledQuestion; form: Form; n: number }) {
  const words = useWords();
  const { t } = words;
  const question = form.find((one) => one.id === id);
  if (!question) return null;
  if (answered === undefined) return <><SectionHead level={3} title={questionSays(question, words)} /><p class="form sub">{t('survey.pooled.fewHere')}</p></>;
  return <>
    <SectionHead level={3} title={questionSays(question, words)} />
    {options && <Bars of={question.showWhen ? answered : n} unit={(many) => t('survey.people', { n: many })} lines={[
      ...Object.entries(options).map(([key, many]) => ({ key, label: optionSays(question, key, words), n: many, look: 'solid' as const })),
      ...(n > answered && !question.showWhen ? [{ key: 'passed', label: t('survey.passed'), n: n - answered, look: 'open' as const }] : []),
    ]} />}
    {!options && <div class="form">
      {answered === 0 && <p class="sub">{t('survey.nothingSaid')}</p>}
      {sum !== undefined && answered > 0 && <p><b>{t('survey.total', { n: sum })}</b>　<span class="sub">{t('survey.ofWhom', { n: answered })}</span></p>}
      {rows && <ul class="survey-said">{rows.map((many, row) => <li key={row}><span>{question.options?.[row]?.name}</span> <b>{many}</b></li>)}</ul>}
      {texts && texts.length > 0 && <ul class="survey-words">{texts.map((text, at) => <li key={at}>{text}</li>)}</ul>}
    </div>}
  </>;
}
