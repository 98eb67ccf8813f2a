import type { Incident } from '@noroshi/features/incident';
import type { Room } from '@noroshi/features/talk';
import type { Id } from '@noroshi/foundations/kernel';
import type { Part } from './scenario.ts';

type Roles = Pick<Incident, 'affected' | 'roles' | 'headquarters'>;

const roleOfHit = ({ affected, roles }: Roles, n: number | undefined) => roles.find((role) => role.affected === affected[(n ?? 1) - 1]);

/** Which organizations a part names in a drill as it stands now; of a person their own. Empty: there is none. */
export function orgsOf(part: Part, of: Roles, orgOf: (person: Id) => Id | undefined = () => undefined): readonly Id[] {
  const role = roleOfHit(of, part.n);
  const found = part.as === 'org' ? part.id : part.as === 'person' ? part.id && orgOf(part.id)
    : part.as === 'headquarters' ? of.headquarters : part.as === 'hit' ? role?.affected : part.as === 'primary' ? role?.primary : undefined;
  return part.as === 'secondary' ? role?.secondaries ?? [] : found === undefined ? [] : [found];
}

/**
 * Into which twin talks something is played: that of the hit town, of the organization's group, of the room named, or all.
 * @param rooms all rooms; those of other incidents and the permanent ones are passed over
 */
export function roomsOf(part: Part, incident: Pick<Incident, 'id'> & Roles, rooms: readonly Room[]): readonly Id[] {
  const twins = rooms.filter(({ drill, twinOf }) => drill === incident.id && twinOf !== undefined);
  if (part.as === 'everyone') return twins.map(({ id }) => id);
  if (part.as === 'room') return twins.filter(({ twinOf }) => twinOf === part.id).map(({ id }) => id);
  const role = part.as === 'org' ? incident.roles.find(({ affected }) => affected === part.id) : part.as === 'hit' ? roleOfHit(incident, part.n) : undefined;
  const found = role?.room ?? (part.as === 'org' ? twins.find(({ orgs }) => orgs.includes(part.id!))?.id : undefined);
  return found === undefined ? [] : [found];
}

/** Whose people are asked whether they are safe, where something is played in with which that goes: of the town it is played to, or of all who are hit and of headquarters. */
export function askedWith(where: Part, of: Roles): readonly Id[] {
  const town = orgsOf(where, of);
  return town.length > 0 ? town : [...new Set([...of.affected, of.headquarters])];
}

/** `{被災1}` in a text becomes the name of that town, `{被災1の一次}` that of its primary. What names nobody stays as it is. */
export function withNames(text: string, of: Roles, nameOf: (org: Id) => string | undefined): string {
  return text.replace(/[{｛]([^{}｛｝]+)[}｝]/g, (whole, word: string) => {
    const part = readPart(word);
    return (part && orgsOf(part, of).map((org) => nameOf(org) ?? '').filter(Boolean).join('・')) || whole;
  });
}

const words = /^(?:被災|hit)\s*([1-9]\d?)(?:\s*(?:の|[ /])?\s*(一次(?:支援)?|primary|二次(?:支援)?|secondary))?$/i;

/** What of the field's own words names a part: 被災1, 被災1の一次, 県, 全体; in English too. */
export function readPart(word: string): Part | undefined {
  const plain = word.normalize('NFKC').trim();
  if (/^(?:県|県本部|本部|headquarters|hq)$/i.test(plain)) return { as: 'headquarters' };
  if (/^(?:全体|全員|全グループ|everyone|all)$/i.test(plain)) return { as: 'everyone' };
  const found = words.exec(plain);
  if (!found) return undefined;
  const rank = found[2]?.toLowerCase();
  return { as: rank === undefined ? 'hit' : /^(?:一次|primary)/.test(rank) ? 'primary' : 'secondary', n: Number(found[1]) };
}
