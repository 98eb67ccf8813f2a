import { incident, type Incident } from '@noroshi/features/incident';
import type { Id } from '@noroshi/foundations/kernel';
import { clock, joined, mapped, type LowerEnd, type Watched } from '@noroshi/foundations/sync/web';
import type { Seen } from '@noroshi/foundations/web';
import { formsWith, usualForms, type Forms } from '../form.ts';
import { damageForm, type FormSet } from '../form-set.ts';
import { damageSheet, type DamageSheet } from '../sheet.ts';
import { firstWithin, totalsOf } from '../totals.ts';
import { glanceSays, overallSays } from '../says.ts';

/** What damage reports tell of an incident: who is hit and has not reported in time, and the damage at a glance, town by town and together. (D7, D8) */
export const sees = (stair: LowerEnd, wanted: Id): Watched<Seen> =>
  mapped(joined([stair.together(`damage/sees/${wanted}`, () => read(stair, wanted)), clock(5_000)] as const), ([{ now, sheets, forms }]) => seenOf(now, sheets, stair.now(), forms));

async function read(stair: LowerEnd, wanted: Id): Promise<{ now: Incident | undefined; sheets: readonly DamageSheet[]; forms: Forms }> {
  const sheets = (await stair.replica.all<DamageSheet>(damageSheet.noun)).map(({ value }) => value).filter((one) => one.incident === wanted);
  return { now: (await stair.replica.get<Incident>(incident.noun, wanted)) ?? undefined, sheets, forms: formsWith((await stair.replica.all<FormSet>(damageForm.noun)).map(({ value }) => value)) };
}

/** @param sheets those of this incident */
export function seenOf(of: Incident | undefined, sheets: readonly DamageSheet[], now: number, forms: Forms = usualForms): Seen {
  if (!of) return { sights: [] };
  const silent = of.closedAt === undefined && now >= of.openedAt + firstWithin ? of.affected.filter((town) => !sheets.some((one) => one.town === town)) : [];
  // Of whom a report is waited for, and who reported unasked: twenty would hide that of the three who are hit one is silent.
  const towns = [...new Set([...of.affected, ...sheets.map(({ town }) => town)])];
  return {
    sights: silent.map((org) => ({ org, state: 'unreported', since: of.openedAt, says: ({ t }) => t('damage.silentSays'), href: `/damage/${of.id}/${org}` })),
    glances: sheets.map((sheet) => ({ org: sheet.town, says: (words) => glanceSays(sheet, forms, words), href: `/damage/${of.id}/${sheet.town}` })),
    ...(sheets.length > 0 && { overall: { says: (words) => overallSays(totalsOf(of.id, sheets, towns), forms, words), href: `/damage/${of.id}` } }),
  };
}
