/** Two fires on two hills: asked, and answered. Where it is not shown, as on a phone, it is not fetched: that is said before the source, at which fetching begins. */
export const Logo = () => <img loading="lazy" src="/icon.svg" alt="" width="44" height="44" />;
