import { describe, expect, it } from 'vitest';
import { english } from '@noroshi/foundations/i18n/en';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { detailsShape, lineWords } from './content.ts';
import { theFields } from '@noroshi/e2e/request-fields';
import { detailFields, lineFields } from './in-words.ts';

describe('the request, field by field', () => {
  it('has the 29 fields of the field, each once; what is not typed follows from something', () => {
    expect(theFields.map(({ no }) => no)).toEqual(Array.from({ length: 29 }, (_, i) => i + 1));
    for (const { no, name, details = [], line = [], derived } of theFields) expect(details.length + line.length > 0 || derived, `${no} ${name}`).toBeTruthy();
  });

  it('leaves out no key of its shapes, and invents none', () => {
    const of = (which: 'details' | 'line') => theFields.flatMap((field) => field[which] ?? []).toSorted();
    expect(of('details')).toEqual(Object.keys(detailsShape.def.shape).toSorted());
    expect(of('line')).toEqual(Object.keys(lineWords).toSorted());
  });

  it('stands on the page and on paper with all of it', () => {
    expect([...detailFields].toSorted()).toEqual(Object.keys(detailsShape.def.shape).toSorted());
    // A line's work and number have columns of their own.
    expect(['duty', 'dutyText', 'count', ...lineFields].toSorted()).toEqual(Object.keys(lineWords).toSorted());
  });

  it.each([['ja', japanese], ['en', english]] as const)('has a name for each in %s', (_language, dictionary) => {
    for (const { details = [], line = [] } of theFields) for (const key of [...details, ...line]) expect(dictionary, key).toHaveProperty([`request.field.${key}`]);
  });
});
