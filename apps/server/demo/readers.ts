/** How someone uses their phone this morning: until how many minutes before now they have read, and been within reach. */
interface Habit { readonly readUntil: number; readonly reachedUntil: number }

/** Those whose habits the story needs: who carries it has the newest words still before them, and some are not to be had. */
const told: Readonly<Record<string, Habit>> = {
  'seiyo/deputyHead': { readUntil: 8, reachedUntil: 0 },
  'saijo/disaster': { readUntil: 5, reachedUntil: 0 },
  'iyo/personnel': { readUntil: 30, reachedUntil: 0 },
  'ehime/hanako': { readUntil: 18, reachedUntil: 0 },
  'hiroshima/mika': { readUntil: 0, reachedUntil: 0 },
  // On the road, the phone in the bag.
  'yawatahama/deputyHead': { readUntil: 100, reachedUntil: 0 },
  // Where the mast has no power.
  'ikata/deputyHead': { readUntil: 100, reachedUntil: 90 },
  'uwajima/personnel': { readUntil: 79, reachedUntil: 60 },
  'ozu/personnel': { readUntil: 50, reachedUntil: 0 },
};

/** The others: two in three are quick, the rest look in now and then. */
function habitOf(key: string): Habit {
  const chance = [...key].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 997, 7) % 9;
  if (chance < 6) return { readUntil: chance, reachedUntil: 0 };
  return { readUntil: 12 + chance * 6, reachedUntil: 0 };
}

/** What someone has seen of what was said so many minutes before now. */
export function hasSeen(key: string, ago: number): 'nothing' | 'arrived' | 'read' {
  const { readUntil, reachedUntil } = told[key] ?? habitOf(key);
  if (ago >= readUntil) return 'read';
  return ago >= reachedUntil ? 'arrived' : 'nothing';
}
