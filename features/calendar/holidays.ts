import { addDays, dayNo, dayText, weekday, type Local } from './local-time.ts';

/** Which holiday it is; each has its name in both languages: `calendar.holiday.<name>`. */
export const holidayNames = [
  'newYear', 'comingOfAge', 'foundation', 'emperor', 'vernal', 'showa', 'greenery', 'constitution', 'children', 'marine', 'mountain', 'aged', 'autumnal', 'sports', 'healthSports', 'culture', 'labour',
  'substitute', 'between', 'enthronement', 'ceremony',
] as const;
export type Holiday = (typeof holidayNames)[number];

/** The day of an equinox: known to hold for 1980 to 2099, before the State's astronomers announce it each February. */
const equinox = (year: number, begins: number): number => Math.floor(begins + 0.242194 * (year - 1980) - Math.floor((year - 1980) / 4));

/** The so-many-eth Monday of a month. */
function monday(year: number, month: number, nth: number): number {
  const first = dayNo(`${year}-${String(month).padStart(2, '0')}-01`);
  return 1 + ((1 - weekday(first) + 7) % 7) + (nth - 1) * 7;
}

const made = new Map<number, ReadonlyMap<Local, Holiday>>();

/**
 * The public holidays of a year, by the Act on National Holidays (国民の祝日に関する法律, 1948 No. 178) as it stands since 2020, with
 * the years in which other laws said otherwise: 2019 (the change of reign) and 2020 and 2021 (the Olympic Games).
 * @param year 2007 to 2099. Before, the law was another, and nobody asks; a year outside has none.
 */
export function holidaysOf(year: number): ReadonlyMap<Local, Holiday> {
  const known = made.get(year);
  if (known) return known;
  const days = new Map<Local, Holiday>();
  if (year >= 2007 && year <= 2099) fill(days, year);
  made.set(year, days);
  return days;
}

export const holidayOn = (local: Local): Holiday | undefined => holidaysOf(Number(local.slice(0, 4))).get(local.slice(0, 10));

function fill(days: Map<Local, Holiday>, year: number): void {
  const put = (month: number, day: number, name: Holiday): void => void days.set(`${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`, name);
  put(1, 1, 'newYear');
  put(1, monday(year, 1, 2), 'comingOfAge');
  put(2, 11, 'foundation');
  // His day: in 2019 there was none, the old one being over in April.
  if (year >= 2020) put(2, 23, 'emperor');
  else if (year <= 2018) put(12, 23, 'emperor');
  put(3, equinox(year, 20.8431), 'vernal');
  put(4, 29, 'showa');
  put(5, 3, 'constitution');
  put(5, 4, 'greenery');
  put(5, 5, 'children');
  const games = year === 2020 ? { marine: [7, 23], sports: [7, 24], mountain: [8, 10] } as const : year === 2021 ? { marine: [7, 22], sports: [7, 23], mountain: [8, 8] } as const : undefined;
  if (games) {
    for (const name of ['marine', 'sports', 'mountain'] as const) put(games[name][0], games[name][1], name);
  } else {
    put(7, monday(year, 7, 3), 'marine');
    if (year >= 2016) put(8, 11, 'mountain');
    put(10, monday(year, 10, 2), year >= 2020 ? 'sports' : 'healthSports');
  }
  put(9, monday(year, 9, 3), 'aged');
  put(9, equinox(year, 23.2488), 'autumnal');
  put(11, 3, 'culture');
  put(11, 23, 'labour');
  if (year === 2019) {
    put(5, 1, 'enthronement');
    put(10, 22, 'ceremony');
  }
  // Article 3: where one falls on a Sunday, the next day that is none takes its place; a day between two is one too.
  const proper = new Set(days.keys());
  for (const day of proper) {
    if (weekday(dayNo(day)) !== 0) continue;
    let next = addDays(day, 1);
    while (proper.has(next)) next = addDays(next, 1);
    days.set(next, 'substitute');
  }
  for (const day of proper) {
    const [between, after] = [addDays(day, 1), addDays(day, 2)];
    if (proper.has(after) && !days.has(between) && dayText(dayNo(between)).startsWith(String(year))) days.set(between, 'between');
  }
}
