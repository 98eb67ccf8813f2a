import type { Person } from '@noroshi/features/directory';
import { Button, CallButton, State } from '@noroshi/foundations/ui';
import { Marks, useStair, useWords } from '@noroshi/foundations/web';
import type { Words } from '@noroshi/foundations/i18n';
import { photosIn, type Question, type Values } from '../form.ts';
import { forOther, placeOf, saidAt, type Sheet } from '../sheet.ts';
import { hourSays } from '../arrivals.ts';
import { Shown } from './Photos.tsx';
import { comesAt, isHurt, type Respondent } from '../tally.ts';
import { questionSays, valueSays } from '../says.ts';
import '@noroshi/foundations/ui/rows.css';

/** Names behind a number, each with what they said, or with the ways to reach them. */
export function People({ people, phones, orgs, open }: { people: readonly Respondent[]; phones: ReadonlyMap<string, Person['phones']>; orgs: boolean; open: boolean }) {
  const words = useWords();
  const { t, time } = words;
  /** What other words tell already: the family that is well, and the time, as when they arrive. */
  const isTold = (one: Respondent, id: string): boolean => one.sheet.kind === 'safety' && ((id === 'family' && one.said?.values[id] === 'fine') || id === 'hour');
  const { actor } = useStair();
  return (
    <ul>{people.map((one) => {
      const { who, sheet, said, photos, gone, record } = one;
      const numbers = phones.get(who.person) ?? [];
      const number = (numbers.find((one) => !one.priority) ?? numbers[0])?.number;
      const comes = comesAt(one);
      const others = said && sheet.form.filter(({ id }) => said.values[id] !== undefined && !isTold(one, id));
      return (
        <li key={`${sheet.id}/${who.no}`} class="person">
          <div>
            <b>{who.card.name}</b>{(orgs || who.card.post) && <span class="post">{[orgs ? who.card.orgName : '', who.card.post].filter(Boolean).join(' ')}</span>}
            <p class="says">{!said ? t('survey.silent') : <>
              {sheet.kind === 'safety' && isHurt(said.values) && <><State kind="urgent">{valueSays(sheet.form[0]!, said.values['state'], words)}</State> </>}
              {words.beside([...others!.map((question) => toldSays(sheet, question, said.values, words)), gone && t('survey.gone'), comes?.kind === 'by' && t('survey.hereBy', { time: hourSays(comes.by, saidAt(said, sheet.at), words) })])}
              <span class="sub">　{t(said.by === who.person ? 'survey.saidAt' : 'survey.saidByPhone', { time: time(saidAt(said, sheet.at)) })}</span>
            </>}</p>
            {said && <Shown ids={photosIn(sheet.form, said.values)} known={photos} />}
            {record && <Marks {...record} room={placeOf(sheet.org)} />}
          </div>
          <span class="end">
            {!said && open && !sheet.anonymous && who.person !== actor.person && <Button href={forOther(sheet, who.person)}>{t('survey.writeFor')}</Button>}
            {!said && number && who.person !== actor.person && <CallButton href={`tel:${number}`} label={t('talk.callWho', { name: who.card.name, number })} />}
          </span>
        </li>
      );
    })}</ul>
  );
}

/** One answer in words. How someone is, and whether they come, needs no question before it; who is hurt is told by a sign. */
function toldSays({ kind }: Sheet, question: Question, values: Values, words: Words): string {
  const value = valueSays(question, values[question.id], words);
  if (kind !== 'safety' || (question.id !== 'state' && question.id !== 'come')) return words.t('survey.told', { question: questionSays(question, words), answer: value });
  return question.id === 'state' && isHurt(values) ? '' : value;
}
