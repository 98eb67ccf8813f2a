import { Button, Chips, Field, SectionHead, Tag, ToggleChips } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import type { Key } from '@noroshi/foundations/i18n';
import { useState } from 'preact/hooks';
import { mostNamed, type Pledge } from '../content.ts';
import { fieldName } from '../in-words.ts';
import { jobTypes, skills, type JobType, type Skill } from '../job-types.ts';
import { pastedStaff, type Staff, type Wrong } from './roster.ts';

interface Props {
  readonly pledge: Pledge;
  readonly onChange: (some: Partial<{ [K in keyof Pledge]: Pledge[K] | undefined }>) => void;
  readonly wrong: Wrong;
  readonly opened: boolean;
  readonly onOpen: (opened: boolean) => void;
}

/** Who comes, with what, and under which conditions: all of it may follow later, so it does not stand in the way. */
export function PledgeDetails({ pledge, onChange, wrong, opened, onOpen }: Props) {
  const words = useWords();
  const { t, refusal } = words;
  const staff = pledge.staff ?? [];
  const [open, setOpen] = useState<number>();
  const error = (at: string) => { const one = wrong.get(at); return one && refusal(one.code, { number: one.number ?? '' }); };
  const put = (all: readonly Staff[]): void => onChange({ staff: [...all] });
  const change = (at: number, some: Partial<Staff>): void => {
    const before = staff[at]!;
    const after = { ...before, ...some };
    const leads = before.name !== '' && pledge.leader === before.name;
    onChange({ staff: staff.map((one, i) => (i === at ? after : one)), ...(leads ? { leader: after.name, leaderPhone: after.phone } : {}) });
  };
  const paste = (at: number, text: string): boolean => {
    const rows = pastedStaff(text);
    if (rows.length === 0) return false;
    put([...staff.slice(0, at), ...rows, ...staff.slice(at + 1)].slice(0, mostNamed));
    setOpen(undefined);
    return true;
  };
  return (
    <details class="request-roster" open={opened} onToggle={(event) => { if (event.target === event.currentTarget) onOpen(event.currentTarget.open); }}>
      <summary class="link">{t('request.pledge.more')}</summary>
      <div class="form request-inset">
        <div class="cols">
          <Field label={t('request.pledge.leader')}>{(wiring) => <input {...wiring} maxLength={60} autocomplete="off" value={pledge.leader ?? ''} onInput={(e) => onChange({ leader: e.currentTarget.value })} />}</Field>
          <Field label={t('request.pledge.leaderPhone')} error={error('leaderPhone')}>{(wiring) => <input {...wiring} type="tel" maxLength={40} autocomplete="off" value={pledge.leaderPhone ?? ''} onInput={(e) => onChange({ leaderPhone: e.currentTarget.value })} />}</Field>
        </div>
        <section aria-label={t('request.pledge.staff')}>
          <SectionHead level={3} title={t('request.pledge.staff')} aside={staff.length > 0 && t('request.people', { n: staff.length })} />
          <p class="hint">{t('request.pledge.staffHint')}</p>
          {staff.map((one, i) => {
            const wrongHere = [...wrong.keys()].some((at) => at.startsWith(`staff/${i}/`));
            return (
              <details key={i} class="box request-person" open={open === i || wrongHere} onToggle={(event) => { if (event.target === event.currentTarget) { if (event.currentTarget.open) setOpen(i); else if (open === i) setOpen(undefined); } }}>
                <summary><b>{one.name || t('request.pledge.person', { n: i + 1 })}</b> <span class="sub">{[one.section, one.post].filter(Boolean).join(' ')}</span>{one.name !== '' && one.name === pledge.leader && <> <Tag>{t('request.pledge.leader')}</Tag></>}</summary>
                <div class="form">
                  <div class="cols">
                    <Field label={t('request.staff.name')} error={error(`staff/${i}/name`)}>{(wiring) => <input {...wiring} maxLength={60} autocomplete="off" value={one.name} onInput={(e) => change(i, { name: e.currentTarget.value })} onPaste={(e) => { if (paste(i, e.clipboardData?.getData('text') ?? '')) e.preventDefault(); }} />}</Field>
                    {(['section', 'post'] as const).map((field) => <Field key={field} label={t(`request.staff.${field}`)}>{(wiring) => <input {...wiring} maxLength={60} autocomplete="off" value={one[field] ?? ''} onInput={(e) => change(i, { [field]: e.currentTarget.value })} />}</Field>)}
                    <Field label={t('request.staff.phone')} error={error(`staff/${i}/phone`)}>{(wiring) => <input {...wiring} type="tel" maxLength={40} autocomplete="off" value={one.phone ?? ''} onInput={(e) => change(i, { phone: e.currentTarget.value })} />}</Field>
                    <Field label={t('request.staff.jobType')}>{(wiring) => <select {...wiring} value={one.jobType ?? ''} onChange={(e) => change(i, { jobType: (e.currentTarget.value || undefined) as JobType })}><option value="">{t('request.unset')}</option>{jobTypes.map((code) => <option key={code} value={code}>{t(`request.job.${code}` as Key)}</option>)}</select>}</Field>
                  </div>
                  <details>
                    <summary class="link">{t('request.staff.skills', { n: one.skills?.length ?? 0 })}</summary>
                    <ToggleChips<Skill> quiet legend={fieldName('skills', words)} values={one.skills ?? []} onChange={(values) => change(i, { skills: values })} choices={skills.map((code) => ({ value: code, label: t(`request.skill.${code}` as Key) }))} />
                  </details>
                  <ToggleChips quiet legend={t('request.pledge.leader')} values={one.name !== '' && one.name === pledge.leader ? ['leads'] : []} onChange={(values) => onChange(values.length > 0 ? { leader: one.name, leaderPhone: one.phone } : { leader: undefined, leaderPhone: undefined })} choices={[{ value: 'leads', label: t('request.staff.leads'), whole: true, disabled: one.name === '' }]} />
                  <Button kind="quiet" class="danger" onClick={() => { put(staff.filter((_, n) => n !== i)); setOpen(undefined); }}>{t('request.staff.remove', { name: one.name || t('request.pledge.person', { n: i + 1 }) })}</Button>
                </div>
              </details>
            );
          })}
          {staff.length < mostNamed && <Button icon="plus" onClick={() => { put([...staff, { name: '' }]); setOpen(staff.length); }}>{t('request.staff.add')}</Button>}
        </section>
        <Field label={t('request.pledge.vehicles')} hint={t('request.pledge.vehiclesHint')}>{(wiring) => <input {...wiring} maxLength={200} value={pledge.vehicles ?? ''} onInput={(e) => onChange({ vehicles: e.currentTarget.value })} />}</Field>
        <Chips<'yes' | 'no' | 'unset'> legend={t('request.pledge.lodgingNeeded')} value={pledge.lodgingNeeded === undefined ? 'unset' : pledge.lodgingNeeded ? 'yes' : 'no'}
          onChange={(value) => onChange({ lodgingNeeded: value === 'unset' ? undefined : value === 'yes' })}
          choices={[{ value: 'yes', label: t('request.lodgingNeeded.yes') }, { value: 'no', label: t('request.lodgingNeeded.no') }, { value: 'unset', label: t('request.unset') }]} />
        <Field label={t('request.pledge.cost')}>{(wiring) => <input {...wiring} maxLength={200} value={pledge.cost ?? ''} onInput={(e) => onChange({ cost: e.currentTarget.value })} />}</Field>
        <Field label={t('request.pledge.conditions')}>{(wiring) => <textarea {...wiring} maxLength={500} value={pledge.conditions ?? ''} onInput={(e) => onChange({ conditions: e.currentTarget.value })} />}</Field>
      </div>
    </details>
  );
}
