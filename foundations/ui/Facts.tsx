import type { ComponentChildren } from 'preact';
import './facts.css';

/** Terms and what they are; two columns where there is room. `changed` underlines what this revision changed. */
export const Facts = ({ facts }: { facts: readonly { term: ComponentChildren; is: ComponentChildren; changed?: boolean | undefined }[] }) => (
  <dl class="facts">
    {facts.map((fact, n) => <div key={n}><dt>{fact.term}</dt><dd>{fact.changed ? <span class="changed">{fact.is}</span> : fact.is}</dd></div>)}
  </dl>
);
