import { SectionHead } from '@noroshi/foundations/ui';
import { useLive, useNow, useWords } from '@noroshi/foundations/web';
import { person as personNoun, type Person } from '@noroshi/features/directory';
import { photosIn, type Form, type Question } from '../form.ts';
import { optionSays, questionSays, valueSays } from '../says.ts';
import type { Id } from '@noroshi/foundations/kernel';
import { tallyOf, type Respondent } from '../tally.ts';
import { nowOf } from '../arrivals.ts';
import { ArrivalsByOrg, arrivalLines } from './Arrivals.tsx';
import { Bars, type BarLine } from './Bars.tsx';
import { Shown } from './Photos.tsx';
import { People } from './People.tsx';

/** How an answer looks: told apart by pattern, and by a tone where it is good or bad. */
const looks: Readonly<Record<string, Pick<BarLine, 'look' | 'tone' | 'icon'>>> = {
  'state/fine': { look: 'solid', tone: 'ok', icon: 'check' }, 'state/light': { look: 'hatch', tone: 'urgent', icon: 'triangle' }, 'state/severe': { look: 'solid', tone: 'urgent', icon: 'square' },
  'family/fine': { look: 'solid', tone: 'ok', icon: 'check' }, 'family/hurt': { look: 'solid', tone: 'urgent', icon: 'square' }, 'family/unknown': { look: 'hatch', tone: 'urgent', icon: 'triangle' },
  'come/no': { look: 'open', icon: 'close' },
};
const chosen = ({ kind }: Question): boolean => kind === 'one' || kind === 'many' || kind === 'scale';

/** What was answered, question by question: bars for what is chosen, sums for numbers, words one by one. Who is silent stands apart, and is never 0. */
export function Results({ people, form, safety, orgs, org, open }: { people: readonly Respondent[]; form: Form; safety: boolean; /** Of several organizations. */ orgs: boolean; org: (id: Id) => string; open: boolean }) {
  const words = useWords();
  const now = nowOf(people, useNow(60_000));
  const { t } = words;
  const phones = useLive(async (s) => new Map((await s.replica.all<Person>(personNoun.noun)).map(({ value }) => [value.id, value.phones]))) ?? new Map<string, Person['phones']>();
  const names = (of: readonly Respondent[]) => <People people={of} phones={phones} orgs={orgs} open={open} />;
  const unit = (n: number): string => t('survey.people', { n });
  // Of 安否・参集 what moves headquarters stands first: who can come, and when.
  const order = safety ? ['come', 'state', 'family'].flatMap((id) => form.filter((one) => one.id === id)) : form;
  return <>{order.map((question) => {
    const tally = tallyOf(question, people);
    const heard = people.filter(({ said }) => said?.values[question.id] !== undefined);
    const rest: BarLine[] = [
      ...(tally.passed.length > 0 && chosen(question) ? [{ key: 'passed', label: t('survey.passed'), n: tally.passed.length, look: 'open' as const, inside: names(tally.passed) }] : []),
      ...(tally.gone.length > 0 ? [{ key: 'gone', label: t('survey.gone'), n: tally.gone.length, look: 'open' as const, icon: 'square' as const, inside: names(tally.gone) }] : []),
      { key: 'silent', label: t('survey.silent'), n: tally.silent.length, look: 'lack', icon: 'ring', inside: names(tally.silent) },
    ];
    const lines = tally.options.map(({ id, people: of }): BarLine => ({ key: id, label: optionSays(question, id, words), n: of.length, look: 'solid', ...(safety ? looks[`${question.id}/${id}`] : {}), inside: names(of) }));
    // Of who can come the time counts: they stand by it, not by how long they said it would take them.
    const comes = safety && question.id === 'come';
    return (
      <section key={question.id}>
        <SectionHead level={3} title={questionSays(question, words)} />
        {chosen(question) && <Bars of={people.length} unit={unit} lines={[...(comes ? [...arrivalLines(people, now, words, names), ...lines.filter(({ key }) => key === 'no')] : lines), ...rest]} />}
        {comes && orgs && <ArrivalsByOrg people={people} org={org} now={now} />}
        {!chosen(question) && <Told question={question} heard={heard} orgs={orgs} />}
      </section>
    );
  })}</>;
}

/** What is not chosen: sums of numbers, and what each one said. */
function Told({ question, heard, orgs: many }: { question: Question; heard: readonly Respondent[]; orgs: boolean }) {
  const words = useWords();
  const { t } = words;
  if (heard.length === 0) return <p class="form sub">{t('survey.nothingSaid')}</p>;
  const values = heard.map(({ said }) => said!.values[question.id]!);
  const whole = (n: number): string => n.toLocaleString('ja-JP', { maximumFractionDigits: 2 });
  return (
    <div class="form">
      {question.kind === 'number' && <p><b>{t('survey.total', { n: whole((values as number[]).reduce((a, b) => a + b, 0)) })}</b>　<span class="sub">{t('survey.ofWhom', { n: heard.length })}</span></p>}
      {question.kind === 'table' && <ul class="survey-said">{(question.options ?? []).map(({ id, name }, row) => <li key={id}><span>{name}</span> <b>{whole(values.reduce<number>((sum, value) => sum + Number((value as (number | null)[])[row] ?? 0), 0))}</b></li>)}</ul>}
      <details><summary>{t('survey.eachAnswer', { n: heard.length })}</summary>
        <ul class="survey-said">{heard.map(({ who, said, sheet, photos }) => <li key={`${sheet.id}/${who.no}`}><span>{many ? `${who.card.orgName} ` : ''}{who.card.name}</span> <b>{valueSays(question, said!.values[question.id], words)}</b>{question.kind === 'photo' && <Shown ids={photosIn([question], said!.values)} known={photos} />}</li>)}</ul>
      </details>
    </div>
  );
}
