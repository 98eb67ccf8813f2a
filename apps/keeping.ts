import { commentRedacts, planRedacts, postRedacts } from '@noroshi/features/board';
import { appointmentRedacts, wordsRedacts } from '@noroshi/features/calendar';
import { cardRedacts } from '@noroshi/features/chase';
import { entryRedacts, instructionRedacts } from '@noroshi/features/chronology';
import { contactRedacts } from '@noroshi/features/contacts';
import { sheetRedacts } from '@noroshi/features/damage';
import { keepingOf } from '@noroshi/features/keeping';
import { lineRedacts } from '@noroshi/features/past';
import { requestRedacts } from '@noroshi/features/request/redacts';
import { answerRedacts, boxRedacts, outsideRedacts } from '@noroshi/features/survey';

/** The keeping of this house, with all that two people can take out of its record beside messages. */
export const keeping = keepingOf([entryRedacts, instructionRedacts, postRedacts, commentRedacts, planRedacts, requestRedacts, sheetRedacts, cardRedacts, answerRedacts, boxRedacts, outsideRedacts, contactRedacts, lineRedacts, appointmentRedacts, wordsRedacts]);
