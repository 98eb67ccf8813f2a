import { stair } from './0010-stair.ts';
import { account } from './0020-account.ts';
import { search } from './0040-search.ts';
import { about } from './0050-about.ts';
import { tidy } from './0070-tidy.ts';
import { waking } from './0080-waking.ts';
import { chase } from './0090-chase.ts';
import { takenBack } from './0100-taken-back.ts';
import { asking } from './0110-asking.ts';
import { chaseAbout } from './0120-chase-about.ts';
import { whoIsShut } from './0130-who-is-shut.ts';
import { record } from './0140-record.ts';
import { keeping } from './0160-keeping.ts';
import { found } from './0170-found.ts';
import { audit } from './0180-audit.ts';
import { calendarFeed } from './0700-calendar-feed.ts';
import { surveyBox } from './0720-survey-box.ts';
import type { Migration } from './migration.ts';

/** Every step from an empty database to today's tables, in order. A step that was released never changes. */
export const migrations: readonly Migration[] = [stair, account, search, about, tidy, waking, chase, takenBack, asking, chaseAbout, whoIsShut, record, keeping, found, audit, calendarFeed, surveyBox];
