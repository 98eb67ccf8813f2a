import { createContext, type ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';

/** What stands around each screen: given to `Page`. */
export interface Frame {
  readonly skipLabel: string;
  readonly tabs: ComponentChildren;
  /** Bands of the whole screen: the incident, the drill, the line. Put them into the page's head, under the bar. */
  readonly bands: ComponentChildren;
  /** Of these only the line's, for a talk: it tells the incident itself, and needs the room. */
  readonly line: ComponentChildren;
  /** The list of rooms, which stands at the left of the desk on Home and Talk. */
  readonly rooms: ComponentChildren;
  /** The same rooms as rows alone, for a page of their own on the phone. */
  readonly roomRows: ComponentChildren;
}

export const FrameContext = createContext<Frame | undefined>(undefined);

export function useFrame(): Frame {
  const frame = useContext(FrameContext);
  if (!frame) throw new Error('this screen has no frame');
  return frame;
}
