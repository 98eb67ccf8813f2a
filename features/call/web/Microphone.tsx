/** A microphone, struck through where it is closed: drawn like `Icon`, and here since no other room has one. */
export const Microphone = ({ on }: { on: boolean }) => (
  <svg class="i" viewBox="0 0 24 24" aria-hidden="true">
    <path d={`M12 3.5a3 3 0 0 0-3 3V11a3 3 0 0 0 6 0V6.5a3 3 0 0 0-3-3zM5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21${on ? '' : 'M4 4l16 16'}`} stroke-width="2" />
  </svg>
);
