import type { Act } from './act.ts';
import { boards } from './boards.ts';
import { calendars } from './calendars.ts';
import { calls } from './calls.ts';
import { contacts } from './contacts.ts';
import { disasters } from './disasters.ts';
import { figures } from './figures.ts';
import { past } from './past.ts';
import { phones } from './phones.ts';
import { rotas } from './rotas.ts';
import { staff } from './staff.ts';
import { surveys } from './surveys.ts';
import { talking } from './talking.ts';

const themes: Readonly<Record<string, readonly Act[]>> = { talking, staff, figures, phones, calls, boards, calendars, contacts, rotas, surveys, past, disasters };

/** All of it but calls: of a house with several servers those of one room come to one of them (docs/operating.md). */
export const beside: readonly string[] = Object.keys(themes).filter((theme) => theme !== 'calls');

/** What people do in a round, and how often: all of it unless themes are named. */
export const actsOf = (named: readonly string[] = Object.keys(themes)): readonly Act[] => named.flatMap((theme) => {
  const acts = themes[theme];
  if (!acts) throw new Error(`There is nothing to do by the name of "${theme}": ${Object.keys(themes).join(', ')}.`);
  return acts;
});
