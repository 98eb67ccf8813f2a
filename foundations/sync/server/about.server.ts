import { fold, type Doc, type Event, type House, type Ref } from '@noroshi/foundations/sync';

/**
 * The number of the event that made what an event is about. Whoever may see one of the things it touches may hear of it,
 * so of several it is the youngest; none where it makes a thing, or is about the stream itself. What takes a thing back is
 * about that thing, whatever it moves beside it: by this number its words are found, and go out no more. What speaks of
 * another thing is about that one; what takes it back names it beside (`takes`).
 */
export function aboutWhich(house: House, event: Event, refs: readonly Ref[], read: (noun: string, id: string) => Doc | undefined): Pick<Event, 'about' | 'takes'> {
  const what = house.kinds.get(event.kind)!;
  let [about, takes]: (number | undefined)[] = [];
  for (const { noun, id } of refs) {
    const of = house.of?.get(noun)?.(event);
    const doc = read(noun, id) ?? (of && read(of.noun, of.id));
    const isAlways = house.nounByName.get(noun)!.always;
    if (isAlways && what.takesBack) continue;
    if (!doc || isAlways) return {};
    about = Math.max(about ?? 0, doc.about ?? doc.born);
    takes = Math.max(takes ?? 0, doc.born);
  }
  return what.takesBack && takes !== about ? { about, takes } : { about };
}

/** Folds an event as every shore does, and writes down of each thing that speaks of another which event made that one. */
export function foldOf(house: House, event: Event, read: (noun: string, id: string) => Doc | undefined): Doc[] {
  return fold(house.nouns, event, read).map((doc) => {
    const about = doc.born === doc.seq ? event.about : read(doc.noun, doc.id)?.about;
    return about !== undefined && house.of?.has(doc.noun) ? { ...doc, about } : doc;
  });
}
