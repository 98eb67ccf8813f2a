/** Two fires on two hills: asked, and answered. */
export const Logo = () => <img src="/icon.svg" alt="" width="44" height="44" />;
