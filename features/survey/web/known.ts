import { nameIn, organization, person as personNoun, post as postNoun, type Organization, type Person, type Post } from '@noroshi/features/directory';
import { headquartersOf, incident as incidentNoun, type Incident } from '@noroshi/features/incident';
import type { Language } from '@noroshi/foundations/i18n';
import type { Id } from '@noroshi/foundations/kernel';
import { currentStay, isCounted, member as memberNoun, type Doc, type Member } from '@noroshi/foundations/sync';
import type { LowerEnd } from '@noroshi/foundations/sync/web';
import { mayAsk } from '../ask.ts';
import { answer as answerNoun, answerId, held as heldNoun, isAsked, placeOf, placeStream, sheet as sheetNoun, type Answer, type Held, type Sheet } from '../sheet.ts';
import { link as linkNoun, outsideAnswer as outsideNoun, type Link, type OutsideAnswer } from '../link.ts';
import { outsiders, respondents, type Respondent } from '../tally.ts';

/** What one organization is asked, as this device knows it, with what waits in the outbox. */
export interface SheetNow {
  readonly sheet: Sheet;
  readonly born: number;
  readonly place: Id;
  /** All who are asked, with what they said last. */
  readonly people: readonly Respondent[];
  /** I am asked. */
  readonly mine: boolean;
  readonly answerOf: (person: Id) => Answer | undefined;
  /** What someone is said to have answered is on this device alone: 仮. */
  readonly waits: (person: Id) => boolean;
}

/** One survey: what each organization is asked of which this device may know. */
export interface SurveyNow { readonly id: Id; readonly first: Sheet; readonly sheets: readonly SheetNow[]; readonly mine: SheetNow | undefined; readonly incident: Incident | undefined }

/** What headquarters was told of, and the organizations whose answers are not on this device: its person comes in there by opening it. */
export interface HeldNow { readonly held: Held; readonly missing: readonly Id[]; readonly incident: Incident | undefined }

export interface Known {
  /** Of all that was asked anywhere: headquarters alone has any. */
  readonly held: readonly HeldNow[];
  readonly surveys: readonly SurveyNow[];
  readonly organizations: readonly Organization[];
  readonly incidents: readonly Incident[];
  readonly people: readonly Person[];
  /** Whose people I may ask. */
  readonly askable: readonly Organization[];
  readonly headquarters: Id | undefined;
  readonly org: (id: Id) => string;
}

/** Reads what was asked that this person may know of. */
export async function readSurveys(stair: LowerEnd, language: Language): Promise<Known> {
  const { replica, actor } = stair;
  const [sheets, answers, organizations, incidents, people, posts] = await Promise.all([
    replica.all<Sheet>(sheetNoun.noun), replica.all<Answer>(answerNoun.noun), replica.all<Organization>(organization.noun), replica.all<Incident>(incidentNoun.noun), replica.all<Person>(personNoun.noun), replica.all<Post>(postNoun.noun),
  ]);
  const told = actor.role === 'guest' ? [] : await replica.all<Held>(heldNoun.noun);
  const [links, outside] = await Promise.all([replica.all<Link>(linkNoun.noun), replica.all<OutsideAnswer>(outsideNoun.noun)]).then(([a, b]) => [a.map(({ value }) => value), b.map(({ value }) => value)] as const);
  const items = (await replica.outbox.item.toArray()).filter(({ name, state }) => name.startsWith('survey.') && state !== 'refused');
  const known = [...sheets, ...answers] as Doc[];
  const now = items.length > 0 ? await stair.overlay(known, items) : known;
  const heard = new Map(answers.map((doc) => [doc.id, doc.value.said.length]));
  const said = new Map((now as Doc<Answer>[]).filter(({ noun }) => noun === answerNoun.noun).map((doc) => [doc.id, doc.value]));
  const docs = (now as Doc<Sheet>[]).filter(({ noun }) => noun === sheetNoun.noun);
  const places = new Map(await Promise.all([...new Set(docs.map(({ value }) => value.org))].map(async (org) => [org, (await replica.all<Member>(memberNoun.noun, placeStream(org))).map(({ value }) => value)] as const)));
  const orgs = new Map(organizations.map(({ value }) => [value.id, value]));
  const order = (id: Id): string => orgs.get(id)?.code ?? '9';
  const all = docs.map(({ value, born }): SheetNow => {
    const members = places.get(value.org) ?? [];
    const me = members.find(({ person }) => person === actor.person);
    const answerOf = (person: Id): Answer | undefined => said.get(answerId(value.id, person));
    return {
      sheet: value, born, place: placeOf(value.org), answerOf, people: [...respondents(value, born, members, answerOf), ...outsiders(value, links, outside)],
      mine: me !== undefined && isAsked(value, { person: actor.person, org: me.card.org }) && currentStay(me) !== undefined && isCounted(me, born),
      waits: (person) => (answerOf(person)?.said.length ?? 0) > (heard.get(answerId(value.id, person)) ?? 0),
    };
  });
  const surveys = [...Map.groupBy(all, ({ sheet }) => sheet.survey)].map(([id, of]): SurveyNow => {
    const ordered = of.toSorted((a, b) => (order(a.sheet.org) < order(b.sheet.org) ? -1 : 1));
    const first = ordered[0]!.sheet;
    return { id, first, sheets: ordered, mine: of.find(({ mine }) => mine), incident: incidents.find((one) => one.id === first.incident)?.value };
  });
  const inside = organizations.map(({ value }) => value).filter(({ kind }) => kind !== 'outside').toSorted((a, b) => (order(a.id) < order(b.id) ? -1 : 1));
  const headquarters = headquartersOf(inside)?.id;
  // Whoever has left headquarters is told of nothing any more.
  const held = (actor.org === headquarters ? told : []).map(({ value }): HeldNow => {
    const here = surveys.find(({ id }) => id === value.id)?.sheets.map(({ sheet }) => sheet.org) ?? [];
    return { held: value, missing: value.orgs.filter((org) => !here.includes(org)), incident: incidents.find(({ id }) => id === value.incident)?.value };
  });
  return {
    held, surveys: surveys.toSorted((a, b) => Number(isDone(a)) - Number(isDone(b)) || b.first.at - a.first.at),
    organizations: inside, incidents: incidents.map(({ value }) => value), people: people.map(({ value }) => value),
    askable: inside.filter(({ id }) => mayAsk(actor, orgs.get(actor.org), posts.map(({ value }) => value), [id]).ok),
    headquarters,
    org: (id) => nameIn(orgs.get(id), language),
  };
}

/** Of whom one has to know first: who is hit, and those who lead. */
export const isFirst = ({ affected }: Pick<Incident, 'affected'>, headquarters: Id | undefined) => (org: Id): boolean => affected.includes(org) || org === headquarters;

/** Whether anyone is known to have been asked in a disaster whether they are safe. */
export const isAskedIn = ({ surveys, held }: Known, incident: Id): boolean => surveys.some(({ first }) => first.incident === incident && first.kind === 'safety') || held.some((one) => one.held.incident === incident && one.held.kind === 'safety');

/** Nobody of it is asked any more. */
export const isDone = ({ sheets }: SurveyNow): boolean => sheets.every(({ sheet }) => sheet.closed !== undefined);
