/** 安否確認・参集・アンケート: who is safe and who can come, and whatever else people are asked by a form. */
import { hold, look } from './look.ts';
import { feature } from '@noroshi/foundations/sync';
import { answerSurvey } from './answer.ts';
import { ballot, castBallot, openBox, signBallot, sums, takeBallot, wantBox } from './ballot.ts';
import { ask, close, end, fallDue, sealBox } from './ask.ts';
import { surveyFacts } from './facts.ts';
import { answerByLink, endLink, link, makeLink, outsideAnswer } from './link.ts';
import { dropTemplate, keepTemplate } from './template.ts';
import { answer, theSheet } from './sheet.ts';

export { surveyFacts };
export { ask, close, end, fallDue, mayAsk, type Asking } from './ask.ts';
export { look } from './look.ts';
export { answerSurvey, type AnswerSaid } from './answer.ts';
export { dropTemplate, keepTemplate, mayDrop, mostTemplates, template, type Template } from './template.ts';
export { castBallot, openBox, signBallot, sums, takeBallot, tokenBytes, wantBox, type Sums } from './ballot.ts';
export { hexOf, hide, isBelow, isSigned, keyBytes, unhide, type Sha256 } from './blind.ts';
export { answerByLink, endLink, link, makeLink, outsideAnswer, outsideRedacts, type Link, type OutsideAnswer } from './link.ts';
export { askedSurvey } from './asked.ts';
export { answersOf, checkForm, checkValues, isAnswered, mostOptions, mostQuestions, questionKinds, quick, quickAt, safetyForm, shownOf, type Form, type Question, type Value, type Values } from './form.ts';
export { answer, answerId, answerRedacts, boxRedacts, held, isAsked, isOpen, placeOf, placeStream, sheet, theSheet, type Answer, type Held, type Said, type Sheet } from './sheet.ts';

export const surveys = feature('survey', {
  ...surveyFacts,
  // An answer speaks of its question: who does not see the one sees none of the others.
  of: { [answer.noun]: ({ body }) => theSheet(body.sheet), [ballot.noun]: ({ body }) => theSheet(body.sheet), [link.noun]: ({ body }) => theSheet(body.sheet), [outsideAnswer.noun]: ({ body }) => theSheet(body.sheet) },
  deeds: [ask, answerSurvey, close, end, fallDue, sealBox, hold, look, keepTemplate, dropTemplate, openBox, takeBallot, makeLink, endLink, answerByLink],
  doors: [wantBox, signBallot, castBallot],
  questions: [sums],
});
