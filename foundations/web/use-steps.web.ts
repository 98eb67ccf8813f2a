import { useRef } from 'preact/hooks';

export interface Steps {
  /** How many steps the one who presses now has seen, his own on their way to the screen among them. */
  take(): number;
  /** The step that was taken did not come about. */
  back(): void;
}

/**
 * What is moved in steps says with each how many its writer had seen, so that nobody undoes unseen what a colleague has just
 * done. A step of one's own stands on the screen a moment after the press: a quick hand, or a slow device, must not be told
 * that somebody else was before.
 * @param shown the steps on the screen
 */
export function useSteps(shown: number): Steps {
  const own = useRef({ shown, more: 0 });
  // What came to the screen since, by whomever, was seen.
  if (own.current.shown !== shown) own.current = { shown, more: 0 };
  const now = own.current;
  return {
    take: () => now.shown + now.more++,
    back: () => {
      if (now.more > 0) now.more -= 1;
    },
  };
}
