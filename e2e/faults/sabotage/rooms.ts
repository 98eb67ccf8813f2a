import { breaks } from './breaks.ts';

// In each of the later rooms one rule or one fold is wrong, on both ends: devices and tables agree with each other, and both are wrong.

// An answer is taken of a survey that is over; and the people of all organizations sit in each other's place.
breaks('features/survey/answer.ts', [[`if (!isOpen(one, now)) return`, `if (false) return`]]);
breaks('features/survey/ask.ts', [[`...seatsOf([org], facts).filter(comes),`, `...seatsOf(organizations.map(({ id }) => id), facts).filter(comes),`]]);
// Whoever likes takes a turn over.
breaks('features/rota/swap.ts', [[`if (it.asked?.to !== actor.person) return refused('rota.notAsked');`, '']]);
// What is taken a second time stands twice.
breaks('features/contacts/favourites.ts', [[`.filter((one) => one !== of)`, `.filter((one) => one !== of || on)`]]);
// What is private lies open, and who comes to one time is said to come to all.
breaks('features/calendar/put-appointment.ts', [[`return { open: { ...rest, title: '' }, desk:`, `return { open: { ...rest, title }, desk:`]]);
breaks('features/calendar/appointment.ts', [['[on ? `${by}/${on}` : by]', '[by]']]);
// What is planned lies on the board itself, and the first who answers has answered for good.
breaks('features/board/plan-post.ts', [[`on: deskStream(board) };\n    return [happens(planned`, `on: roomStream(board) };\n    return [happens(planned`]]);
breaks('features/board/board-post.ts', [[`[by]: word ? [answer, at, word] : [answer, at]`, `[by]: now.answers?.[by] ?? [answer, at]`]]);
// The chronology begins with 2, and a figure that was told again stands as it was.
breaks('features/chronology/enter.ts', [[`const no = (count?.n ?? 0) + 1;`, `const no = (count?.n ?? 1) + 1;`]]);
breaks('features/damage/figures.ts', [[`[one.key, { ...one, rev: i + 1 }] as const)));`, `[one.key, { ...one, rev: i + 1 }] as const)).toReversed());`]]);
// A card that another holds is taken from them.
breaks('features/chase/take-card.ts', [[`return (card?.taken && card.taken.by !== actor.person) || otherWhoRings(ringing, actor.person, thing.drill ?? false) ? refused('chase.takenByOther') : allowed;`, `return allowed;`]]);
// All is here when the last page but one is.
breaks('features/past/bring.ts', [[`page + 1 === past!.pages ?`, `page + 2 >= past!.pages ?`]]);
// Who is in a call comes into it once more.
breaks('features/call/attend.ts', [[`if (present(one!).includes(person)) return refused('call.hereAlready');`, '']]);
breaks('features/call/server/desk.server.ts', [[`present(this.#call(call)!).includes(person) ? { ok: true as const } : await`, 'await']]);
