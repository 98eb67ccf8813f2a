import { facts } from '@noroshi/foundations/sync';
import { ballot } from './ballot.ts';
import { link, linkAnswered, linkEnded, linkMade, outsideAnswer } from './link.ts';
import { answer, ballotTaken, boxOpened, boxSealed, held, sheet, surveyAnswered, surveyAsked, surveyClosed, surveyFellDue, surveyHeld } from './sheet.ts';
import { template, templateDropped, templateKept } from './template.ts';

/** What this room makes true: all that a device must know to hold it. */
export const surveyFacts = facts('survey', {
  events: [surveyAsked, surveyAnswered, surveyClosed, surveyFellDue, templateKept, templateDropped, boxOpened, ballotTaken, boxSealed, linkMade, linkEnded, linkAnswered, surveyHeld],
  nouns: [sheet, answer, held, template, ballot, link, outsideAnswer],
});
