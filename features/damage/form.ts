import type { Key, Words } from '@noroshi/foundations/i18n';

/** 概況即報 is sent first and quickly, 被害状況即報 after it. */
export const formKinds = ['short', 'long'] as const;
export type FormKind = (typeof formKinds)[number];

/** A name in the two languages of the house, as a form that was set by the house itself brings it. */
export interface Label { readonly ja: string; readonly en: string }

/** One figure that a form asks for. Its order is that of the list. */
export interface FormField {
  /** Never used for anything else in a later version. */
  readonly key: string;
  /** Its name is the sentence `damage.field.<name>`, unless it brings one: three figures of one thing (棟・世帯・人) share a name. */
  readonly name: string;
  readonly block: string;
  /** The sentence `damage.unit.<unit>`. */
  readonly unit: string;
  /** Counted in parts too: fields under water are told to a tenth of a hectare. */
  readonly parts?: boolean;
  readonly forms: readonly FormKind[];
  /** What the word means is the sentence `damage.means.<means>`. */
  readonly means?: string;
  /** From here on one is asked whether it is so. */
  readonly unusual: number;
  /** What it brings of its own, in a form that an administrator has set: its name, its unit, its part of the form, what it means. */
  readonly says?: { readonly name: Label; readonly unit: Label; readonly block: Label; readonly means?: Label | undefined };
}

/** What is told in words. */
export interface FormWords {
  readonly key: string;
  readonly forms: readonly FormKind[];
  /** The sentence is `damage.words.<key>`, unless it brings one. */
  readonly says?: Label;
}

/** What is asked about figures beside each other: one is part of another, or is made of others. It is asked, never refused. */
export interface FormCheck { readonly key: string; readonly atMost?: string | undefined; readonly sumOf?: readonly string[] | undefined }

/** A form as it was in force: a report names the version it was written on. */
export interface Form {
  readonly version: number;
  /** As whoever set it calls it; absent: the one that the house comes with. */
  readonly name?: string;
  readonly fields: readonly FormField[];
  readonly words: readonly FormWords[];
  readonly checks: readonly FormCheck[];
}

const both = ['short', 'long'] as const;
const long = ['long'] as const;
const one = (block: string, key: string, unit: string, unusual: number, more: Partial<FormField> = {}): FormField => ({ key, name: key, block, unit, unusual, forms: long, ...more });

/** A dwelling is told in buildings, households and people; the short form asks for buildings alone. */
const dwelling = (name: string, means?: string): FormField[] => [
  one('dwellings', `${name}.buildings`, 'buildings', 5_000, { name, forms: both, means: means ?? 'building' }),
  one('dwellings', `${name}.households`, 'households', 5_000, { name, means: 'household' }),
  one('dwellings', `${name}.people`, 'people', 20_000, { name }),
];
const places = (...keys: string[]): FormField[] => keys.map((key) => one('other', key, 'places', 1_000));
const money = (...keys: string[]): FormField[] => keys.map((key) => one('money', key, 'thousandYen', 1_000_000_000));

/** The form that the house comes with: form 4 of the fire and disaster management agency, with what prefectures add on evacuation. What an administrator sets is version 2, 3 … (`form-set.ts`). */
export const builtIn: Form = {
  version: 1,
  fields: [
    one('people', 'dead', 'people', 100, { forms: both, means: 'dead' }),
    one('people', 'deadRelated', 'people', 100, { means: 'deadRelated' }),
    one('people', 'missing', 'people', 100, { forms: both, means: 'missing' }),
    one('people', 'seriouslyHurt', 'people', 500, { forms: both, means: 'seriouslyHurt' }),
    one('people', 'slightlyHurt', 'people', 1_000, { forms: both, means: 'slightlyHurt' }),
    ...dwelling('destroyed', 'dwelling'), ...dwelling('halfDestroyed'), ...dwelling('partlyDamaged'), ...dwelling('floodedAbove'), ...dwelling('floodedBelow'),
    one('buildings', 'publicBuildings', 'buildings', 500), one('buildings', 'otherBuildings', 'buildings', 5_000),
    ...['paddyLost', 'paddyFlooded', 'fieldLost', 'fieldFlooded'].map((key) => one('other', key, 'hectares', 5_000, { parts: true })),
    ...places('schools', 'hospitals', 'roads', 'bridges', 'rivers', 'harbours', 'erosionControl', 'wastePlants', 'landslides', 'railways'),
    one('other', 'ships', 'ships', 1_000), one('other', 'water', 'connections', 50_000), one('other', 'telephones', 'lines', 50_000),
    one('other', 'electricity', 'connections', 50_000), one('other', 'gas', 'connections', 50_000), one('other', 'walls', 'places', 1_000),
    one('sufferers', 'householdsSuffering', 'households', 20_000), one('sufferers', 'peopleSuffering', 'people', 50_000),
    one('fires', 'firesBuildings', 'fires', 100), one('fires', 'firesHazardous', 'fires', 50), one('fires', 'firesOther', 'fires', 100),
    one('evacuation', 'shelters', 'places', 200, { forms: both }), one('evacuation', 'evacuees', 'people', 20_000, { forms: both }),
    one('evacuation', 'evacuatedHouseholds', 'households', 10_000), one('evacuation', 'fireCalls', 'fires', 1_000, { forms: both }),
    ...money('costSchools', 'costFarming', 'costWorks', 'costPublic', 'costCrops', 'costForestry', 'costLivestock', 'costFishery', 'costTrade', 'costOther'),
    one('money', 'costTotal', 'thousandYen', 10_000_000_000),
  ],
  words: [
    { key: 'overview', forms: both }, { key: 'place', forms: both }, { key: 'headquarters', forms: both }, { key: 'evacuation', forms: both },
    { key: 'reliefAct', forms: long }, { key: 'responders', forms: long }, { key: 'measures', forms: long }, { key: 'remarks', forms: long },
  ],
  checks: [
    { key: 'deadRelated', atMost: 'dead' },
    { key: 'costTotal', sumOf: ['costSchools', 'costFarming', 'costWorks', 'costPublic', 'costCrops', 'costForestry', 'costLivestock', 'costFishery', 'costTrade', 'costOther'] },
  ],
};

/** All forms of a house. */
export interface Forms {
  /** The one that is in force. */
  readonly now: Form;
  /** The newest first. */
  readonly all: readonly Form[];
  /** The form of a version; nothing where there is none. */
  readonly of: (version: number) => Form | undefined;
}

/** @param set those that were set in this house */
export function formsWith(set: readonly Form[]): Forms {
  const all = [...set.toSorted((a, b) => b.version - a.version), builtIn];
  return { now: all[0]!, all, of: (version) => all.find((form) => form.version === version) };
}

/** Those of a house in which none was set. */
export const usualForms = formsWith([]);

/**
 * What is shown of reports: all that the form in force asks for, and what was told on earlier ones and is asked no more. A
 * figure is one and the same under its key, whatever form it was told on.
 * @param told the keys that were told
 */
export function fieldsFor({ now, all }: Forms, told: ReadonlySet<string>): readonly FormField[] {
  const older = new Map(all.slice(1).toReversed().flatMap(({ fields }) => fields.map((one) => [one.key, one] as const)));
  return [...now.fields, ...[...older.values()].filter(({ key }) => told.has(key) && !now.fields.some((one) => one.key === key))];
}

/** The same of what is told in words. */
export function wordsFor({ now, all }: Forms, told: ReadonlySet<string>): readonly FormWords[] {
  const older = new Map(all.slice(1).toReversed().flatMap(({ words }) => words.map((one) => [one.key, one] as const)));
  return [...now.words, ...[...older.values()].filter(({ key }) => told.has(key) && !now.words.some((one) => one.key === key))];
}

/** Fields block by block, in their order. @param kind those that this kind of a form asks for */
export const blocksOf = (fields: readonly FormField[], kind?: FormKind): { block: string; fields: readonly FormField[] }[] =>
  [...Map.groupBy(fields.filter((field) => kind === undefined || field.forms.includes(kind)), ({ block }) => block)].map(([block, of]) => ({ block, fields: of }));

/** What a figure counts of those who live in the town, if it does: its unit says so, on the form of the house and on any other. (D13) */
export const counts = ({ unit }: Pick<FormField, 'unit'>): 'people' | 'households' | undefined => (unit === 'people' || unit === 'households' ? unit : undefined);

/** What a form calls its parts: by sentences of the house, or by its own where an administrator has set it. */
export const nameSays = ({ name, says }: FormField, { t, language }: Words): string => says?.name[language] ?? t(`damage.field.${name}` as Key);
export const unitSays = ({ unit, says }: FormField, { t, language }: Words): string => says?.unit[language] ?? t(`damage.unit.${unit}` as Key);
export const blockSays = ({ block, says }: FormField, { t, language }: Words): string => says?.block[language] ?? t(`damage.block.${block}` as Key);
export const meansSays = ({ means, says }: FormField, { t, language }: Words): string => says?.means?.[language] ?? t(`damage.means.${means}` as Key);
export const wordsSay = ({ key, says }: FormWords, { t, language }: Words): string => says?.[language] ?? t(`damage.words.${key}` as Key);
