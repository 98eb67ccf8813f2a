import type { ComponentChildren } from 'preact';
import { Units } from './Units.tsx';
import './request-card.css';

interface RequestCardProps {
  id?: string | undefined;
  /** Number and revision, who asks. */
  over?: ComponentChildren;
  /** The sentence: who lacks how many. */
  title: ComponentChildren;
  /** A `State` or `Tag` at the end of the head. */
  state?: ComponentChildren;
  /** `FourNumbers`, `RequestLine`s, `IconLine`, the button. */
  children: ComponentChildren;
}

/** The frame of a request inside the talk. */
export const RequestCard = ({ id, over, title, state, children }: RequestCardProps) => (
  <article class="req" id={id} tabIndex={-1}>
    <div class="top">{over && <p class="sub">{over}</p>}<div class="row"><h3 class="grow">{title}</h3>{state}</div></div>
    <div class="says">{children}</div>
  </article>
);

interface RequestLineProps {
  name: ComponentChildren;
  /** The numbers of this line in words. */
  words: ComponentChildren;
  needed: number;
  committed: number;
  arrived: number;
  home?: number | undefined;
  label: string;
}

/** One line of a request: what work, how many, and one square a person. */
export const RequestLine = ({ name, words, ...units }: RequestLineProps) => (
  <div class="ln"><p><b>{name}</b><span>{words}</span></p><Units {...units} /></div>
);
