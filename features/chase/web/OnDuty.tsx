import { person, type Person } from '@noroshi/features/directory';
import type { Duty } from '@noroshi/foundations/duty';
import type { Id } from '@noroshi/foundations/kernel';
import { Button, Icon, IconLine } from '@noroshi/foundations/ui';
import { useLive, useNow, useWords } from '@noroshi/foundations/web';
import { readPhones } from './known.ts';

interface OnDutyProps {
  readonly duties: readonly Duty[];
  /** Whose line it is. */
  readonly org: Id;
  /** Who is rung already, and who rings. */
  readonly except: readonly Id[];
  readonly onCall: () => void;
}

/** Who else can be rung at that organization now: those who hold its line tonight, and who takes it up where they cannot. */
export function OnDuty({ duties, org, except, onCall }: OnDutyProps) {
  const { t, moment } = useWords();
  const now = useNow();
  const found = useLive(async (stair) => {
    const watches = (await Promise.all(duties.map(async (duty) => (await stair.replica.all(duty.noun)).flatMap(({ value }) => duty.onDuty(value, now))))).flat().filter((watch) => watch.org === org);
    const people = watches.flatMap(({ person: id, deputy, until }) => [{ id, until, deputy: false }, ...(deputy ? [{ id: deputy, until, deputy: true }] : [])]);
    return Promise.all(people.filter(({ id }, i) => !except.includes(id) && people.findIndex((one) => one.id === id) === i).map(async (one) => ({ ...one, name: (await stair.replica.get<Person>(person.noun, one.id))?.name ?? '', phones: await readPhones(stair, one.id) })));
  }, [duties, org, now, except.join()]);
  return found?.some(({ phones }) => phones.length > 0) ? (
    <section class="chase-duty">
      {found.filter(({ phones }) => phones.length > 0).map(({ id, name, until, deputy, phones }) => (
        <div key={id} class="chase-numbers">
          <IconLine icon="clock">{t(deputy ? 'chase.dutyDeputy' : 'chase.duty', { name, time: moment(until) })}</IconLine>
          {phones.slice(0, 2).map((phone) => (
            <Button key={phone.number} wide class="ends" href={`tel:${phone.number}`} onClick={onCall}><Icon name="phone" /><span class="n">{phone.number}</span><span>{t(`phone.${phone.kind}`)}</span></Button>
          ))}
        </div>
      ))}
    </section>
  ) : null;
}
