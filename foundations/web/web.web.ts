/** What every screen is handed: the stair, words, where one is, the frame around it, and the rooms of the house. */
export { StairContext, useLine, useLive, useNow, useStair, useWatched, type Line } from './stair.web.ts';
export { NamesContext, useWords, WholeWordsContext, WordsContext } from './words.web.ts';
export { RouteContext, useRoute, match, type Route } from './route.web.ts';
export { FrameContext, useFrame, type Frame } from './frame.web.ts';
export { RoomsContext, useRooms, type MessageAction, type MoreEntry, type PlusEntry, type TalkOffers, type Owe, type PageProps, type ReaderProps, type RemindProps, type Seen, type Sight, type SightAct, type SightState, type SightSums, type WebPage, type WebRoom, type CardProps, type FirstStep, type FirstStepProps } from './rooms.web.ts';
export { ask } from './ask.web.ts';
export { useAsked } from './use-asked.web.ts';
export { WhenWhole } from './WhenWhole.web.tsx';
export { LowDataContext, useLowData, type LowData, type LowDataWhy } from './low-data.web.ts';
export { inBits } from './in-bits.web.ts';
export { useLoaded, useSheet } from './loaded.web.ts';
export { Marks } from './Marks.web.tsx';
export { useSending, type Sending } from './use-sending.web.ts';
export { useSteps, type Steps } from './use-steps.web.ts';
