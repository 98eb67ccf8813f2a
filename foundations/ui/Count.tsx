/** How many. `label` says of what, for those who only hear the number. */
export const Count = ({ of, label, muted }: { of: number; label: string; muted?: boolean | undefined }) =>
  of > 0 ? (
    <span class={muted ? 'count muted' : 'count'}><span aria-hidden="true">{of > 999 ? '999+' : of}</span><span class="sr">{label}</span></span>
  ) : null;
