import { breaks } from './breaks.ts';

// Of two houses that share a room either forgets some of what is said there, sends some of it behind what was said after it, and takes in once more what comes once more.

breaks('features/federation/server/write.server.ts', [
  [
    `const isOpen = one.state === 'open' && on?.share === one.id;`,
    `const isOpen = one.state === 'open' && on?.share === one.id;
    if (this.held && this.isPassed) {
      const late = this.held;
      this.held = undefined;
      return late;
    }`,
  ],
  [
    `if (due) return due;`,
    `if (due?.kind === 'say' && Math.random() < 0.15) continue;
        if (due?.kind === 'say' && !this.held && Math.random() < 0.3) {
          this.held = due;
          this.isPassed = false;
        } else if (due) {
          this.isPassed = due.kind === 'say';
          return due;
        }`,
  ],
]);
breaks('features/federation/parcel.ts', [[`return parcel.hash === (parcel.no === stands.no`, `return parcel.no === stands.no && parcel.hash === stands.hash ? 'next' : parcel.hash === (parcel.no === stands.no`]]);
breaks('features/federation/take.ts', [[`if (input.say) return message ? [] : [`, `if (input.say) return [`]]);
