import type { Words } from '@noroshi/foundations/i18n';
import type { Moment } from '@noroshi/foundations/kernel';
import { useNow, useWords } from '@noroshi/foundations/web';

/** The hour of a moment at the prefecture's clock, with its day whenever that is not today: who leaves in three days leaves on a day, and what is read tomorrow happened today. A deadline beside which the minutes left stand needs none. */
export const hourOf = ({ time, moment, dayNumber }: Pick<Words, 'time' | 'moment' | 'dayNumber'>, now: Moment) => (at: Moment): string =>
  (dayNumber(at) === dayNumber(now) ? time(at) : moment(at));

/** The same in the words of the screen and by its clock. */
export const useHours = (): ((at: Moment) => string) => hourOf(useWords(), useNow());
