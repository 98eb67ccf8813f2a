import { checkBoards } from './boards.ts';
import { checkCalendars } from './calendars.ts';
import { checkCalls } from './calls.ts';
import { checkContacts } from './contacts.ts';
import { checkFigures } from './figures.ts';
import { checkPast } from './past.ts';
import { checkPhones } from './phones.ts';
import { checkRotas } from './rotas.ts';
import type { RoomCheck } from './story.ts';
import { checkSurveys } from './surveys.ts';

/** What must be so in each room, beyond what must be so of everything. */
export const roomChecks: readonly RoomCheck[] = [checkFigures, checkPhones, checkBoards, checkCalendars, checkContacts, checkRotas, checkSurveys, checkPast, checkCalls];
