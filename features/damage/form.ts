/** 概況即報 is sent first and quickly, 被害状況即報 after it. */
export const formKinds = ['short', 'long'] as const;
export type FormKind = (typeof formKinds)[number];

/** One figure that a form asks for. Its order is that of the list. */
export interface FormField {
  /** Never used for anything else in a later version. */
  readonly key: string;
  /** Its name is the sentence `damage.field.<name>`: three figures of one thing (棟・世帯・人) share a name. */
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
}

/** A form as it was in force: a report names the version it was written on. */
export interface Form {
  readonly version: number;
  readonly fields: readonly FormField[];
  /** What is told in words. The sentence is `damage.words.<key>`. */
  readonly words: readonly { readonly key: string; readonly forms: readonly FormKind[] }[];
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

/** Form 4 of the fire and disaster management agency, with what prefectures add on evacuation. A new version is added in front; none is changed. */
export const forms: readonly Form[] = [{
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
}];

/** The form that is in force. */
export const formNow: Form = forms[0]!;

/** The form of a version; nothing where there is none. */
export const formOf = (version: number): Form | undefined => forms.find((form) => form.version === version);

/** What one kind of a form asks for, block by block, in its order. */
export const blocksOf = (form: Form, kind: FormKind): { block: string; fields: readonly FormField[] }[] =>
  [...Map.groupBy(form.fields.filter((field) => field.forms.includes(kind)), ({ block }) => block)].map(([block, fields]) => ({ block, fields }));
