// Stands alone: whoever only names the folder of a house must not load the devices with it, before a sabotage can reach them.

/** What a house holds that is made today: raised with it, so that one that was made before is not taken for it. */
export const houseEdition = 3;
