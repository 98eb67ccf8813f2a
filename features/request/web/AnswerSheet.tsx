import { Facts, Icon, ItemRow, SectionHead, Sheet, State, Tag } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import type { Pledge } from '../content.ts';
import type { Answer, DispatchRequest } from '../dispatch-request.ts';
import { inWords, pledgeInWords } from '../in-words.ts';
import { standing } from '../sums.ts';
import type { Names } from './known.ts';
import { dutyOf } from './words.ts';

/** Whether an answer says more than its number and its hours. */
export const saysMore = ({ pledge }: Answer): boolean => (Object.keys(pledge) as (keyof Pledge)[]).some((field) => field !== 'departs' && field !== 'arrives');

/** All that one organization said to one line: who comes, with what, and under which conditions. */
export function AnswerSheet({ request, answer, names, onClose }: { request: DispatchRequest; answer: Answer; names: Names; onClose: () => void }) {
  const words = useWords();
  const { t, moment } = words;
  const { pledge } = answer;
  const line = request.lines.find((l) => l.id === answer.line)!;
  const who = [names.post(answer.by), names.person(answer.by)].filter(Boolean).join(' ');
  return (
    <Sheet title={t('request.cell.moreOf', { org: names.org(answer.org), duty: dutyOf(line, words) })} closeLabel={t('app.close')} onClose={onClose} place="right">
      <div class="form">
        <p>{answer.count > 0 && <State kind="ok">{t('request.cell.committed', { count: standing(answer) })}</State>} <span class="sub">{words.beside([who, moment(answer.at)])}</span></p>
        <Facts facts={pledgeInWords(pledge, words).filter(({ field }) => field !== 'staff').map(({ field, name, says }) => ({
          term: name, is: field === 'leader' && pledge.leaderPhone ? <>{pledge.leader} <Phone number={pledge.leaderPhone} /></> : says,
        }))} />
        {pledge.staff && (
          <section>
            <SectionHead level={3} title={t('request.pledge.staff')} aside={t('request.people', { n: pledge.staff.length })} />
            <ul>
              {pledge.staff.map((one, i) => (
                <ItemRow key={i}>
                  <b>{one.name}</b>{one.name === pledge.leader && <> <Tag>{t('request.pledge.leader')}</Tag></>} <span class="sub">{[one.section, one.post].filter(Boolean).join(' ')}</span>
                  {(one.jobType ?? one.skills?.length) && <p class="sub">{words.beside([one.jobType && inWords('jobType', one.jobType, words), one.skills?.length && inWords('skills', one.skills, words)])}</p>}
                  {one.phone && <p><Phone number={one.phone} /></p>}
                </ItemRow>
              ))}
            </ul>
          </section>
        )}
      </div>
    </Sheet>
  );
}

const Phone = ({ number }: { number: string }) => <a class="btn low" href={`tel:${number}`}><Icon name="phone" />{number}</a>;
