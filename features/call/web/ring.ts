/** Two short notes, and a touch where the device can be felt. A browser that has not been pressed yet stays silent: then the notice alone is seen. */
export function ringOnce(): void {
  navigator.vibrate?.([300, 150, 300]);
  if (!navigator.userActivation?.hasBeenActive) return;
  const speaker = new AudioContext();
  const level = speaker.createGain();
  level.gain.value = 0.15;
  level.connect(speaker.destination);
  for (const [pitch, from] of [[660, 0], [880, 0.35]] as const) {
    const note = speaker.createOscillator();
    note.frequency.value = pitch;
    note.connect(level);
    note.start(speaker.currentTime + from);
    note.stop(speaker.currentTime + from + 0.3);
  }
  setTimeout(() => void speaker.close(), 1_000);
}
