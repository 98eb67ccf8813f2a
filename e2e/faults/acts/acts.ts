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

/** What people do in a round, and how often. */
export const acts: readonly Act[] = [...talking, ...staff, ...figures, ...phones, ...calls, ...boards, ...calendars, ...contacts, ...rotas, ...surveys, ...past, ...disasters];
