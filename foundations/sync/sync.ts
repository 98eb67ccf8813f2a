/** The stair, as both shores know it: commands go up, events come down. See SPEC.md. */
export * from './event.ts';
export * from './noun.ts';
export * from './member.ts';
export * from './watermark.ts';
export * from './command.ts';
export * from './house.ts';
export * from './wire.ts';
export * from './marks-together.ts';
export * from './problem.ts';
export * from './wrong-characters.ts';
