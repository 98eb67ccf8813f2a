/** 被害報告: what is destroyed and who is hurt, report by report, and how much of it nobody knows yet. */
import { facts, feature } from '@noroshi/foundations/sync';
import { checkForm, damageForm, formAsFile, formSet, setForm } from './form-set.ts';
import { population, populationSet, setPopulations } from './population.ts';
import { report } from './report.ts';
import { damageSheet, reported } from './sheet.ts';

export { blocksOf, builtIn, fieldsFor, formKinds, formsWith, usualForms, wordsFor, type Form, type FormField, type FormKind, type Forms } from './form.ts';
export { checkForm, damageForm, formAsFile, setForm, type FormFile, type FormProblem, type FormSet } from './form-set.ts';
export { changesOf, doubtsOf, figuresOf, wordsOf, type Change, type Doubt, type Lives, type Standing } from './figures.ts';
export { damageSheet, sheetId, sheetRedacts, theSheet, type DamageSheet, type Report, type Told } from './sheet.ts';
export { population, setPopulations, thePopulation, type Count, type Population } from './population.ts';
export { report };

/** What this room makes true: all that a device must know to hold it. It stands here, since a device that holds it reports too, and a start reads a file less. */
export const damageFacts = facts('damage', { events: [reported, formSet, populationSet], nouns: [damageSheet, damageForm, population] });

export const damage = feature('damage', { ...damageFacts, deeds: [report, setForm, setPopulations], questions: [checkForm, formAsFile] });
