import { more as account } from '@noroshi/features/account/more';
import { more as board } from '@noroshi/features/board/more';
import { more as calendar, plus as calendarPlus } from '@noroshi/features/calendar/more';
import { plus as callPlus } from '@noroshi/features/call/more';
import { more as chase } from '@noroshi/features/chase/more';
import { actions as chronologyActions, more as chronology, plus as chronologyPlus } from '@noroshi/features/chronology/more';
import { more as congestion } from '@noroshi/features/congestion/more';
import { more as contacts } from '@noroshi/features/contacts/more';
import { actions as damageActions, more as damage, plus as damagePlus } from '@noroshi/features/damage/more';
import { more as directory } from '@noroshi/features/directory/more';
import { more as drill } from '@noroshi/features/drill/more';
import { more as federation } from '@noroshi/features/federation/more';
import { more as incident } from '@noroshi/features/incident/more';
import { actions as keepingActions, more as keeping } from '@noroshi/features/keeping/more';
import { more as past } from '@noroshi/features/past/more';
import { more as record } from '@noroshi/features/record/more';
import { plus as requestPlus } from '@noroshi/features/request/more';
import { more as rota } from '@noroshi/features/rota/more';
import { more as search } from '@noroshi/features/search/more';
import { more as setup } from '@noroshi/features/setup/more';
import { more as situation } from '@noroshi/features/situation/more';
import { more as survey, plus as surveyPlus } from '@noroshi/features/survey/more';
import { more as wake } from '@noroshi/features/wake/more';
import { more as welcome } from '@noroshi/features/welcome/more';
import type { MessageAction, MoreEntry, PlusEntry } from '@noroshi/foundations/web';

/** The page その他 / More, in its order. No first screen needs it, so it comes with that page and not with the rooms. */
export const entries: readonly MoreEntry[] = [...incident, ...situation, ...damage, ...chronology, ...drill, ...board, ...survey, ...calendar, ...rota, ...chase, ...contacts, ...directory, ...congestion, ...search, ...account, ...wake, ...welcome, ...setup, ...past, ...record, ...keeping, ...federation];

/** What one can make of a message, in the order of its sheet. It comes with that sheet. */
export const actions: readonly MessageAction[] = [...damageActions, ...chronologyActions, ...keepingActions];

/** What one can put into a talk, in the order of ＋: what cannot wait first. It comes with that sheet. */
export const plus: readonly PlusEntry[] = [...requestPlus, ...damagePlus, ...callPlus, ...chronologyPlus, ...surveyPlus, ...calendarPlus];
