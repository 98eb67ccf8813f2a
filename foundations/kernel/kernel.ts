/** The few types that every room shares. No word of the field and no platform is known here. */
export * from './id.ts';
export * from './result.ts';
export * from './actor.ts';
export * from './canonical.ts';
export * from './wall.ts';
