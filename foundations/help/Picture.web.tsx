import type { ComponentChildren } from 'preact';
import './help.css';

/** A picture of a screen, made of its own parts. Nothing in it can be pressed or reached, and it is not read out: the steps say the same in words. */
export const Picture = ({ children }: { children: ComponentChildren }) => <figure class="help-picture" inert aria-hidden="true">{children}</figure>;

/** A part of the picture that a step speaks of, with the step's number before it. */
export const Point = ({ n, children }: { n: number; children: ComponentChildren }) => <div class="help-point"><span class="help-no">{n}</span><div>{children}</div></div>;

/** In a picture nothing happens when something is pressed. */
export const Nothing = (): void => undefined;
