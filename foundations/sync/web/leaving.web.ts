const key = 'noroshi-leaving';

/**
 * The person here is leaving. Noted before the server is asked, so that what this device holds of them goes even if it
 * is closed before the answer comes.
 * @returns takes it back: they could not leave
 */
export function leaving(): () => void {
  localStorage.setItem(key, '1');
  return () => localStorage.removeItem(key);
}

/** Whether the person who was here has left; asked once, at the start. */
export function hasLeft(): boolean {
  const left = localStorage.getItem(key) !== null;
  localStorage.removeItem(key);
  return left;
}
