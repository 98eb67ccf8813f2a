/**
 * The kit from which every screen is composed. It knows no word of the field and says none:
 * all that is read or heard is handed in by the caller.
 */
import './ui.css';

export { AnswerButtons } from './AnswerButtons.tsx';
export { Band } from './Band.tsx';
export { Bar, HelpButton, HelpContext, LineState } from './Bar.tsx';
export { Bubble, Photo } from './Bubble.tsx';
export { Button, CallButton, IconButton } from './Button.tsx';
export { type Chip, Chips, ToggleChips } from './Chips.tsx';
export { Composer } from './Composer.tsx';
export { Count } from './Count.tsx';
export { DrillFrame, DrillWord } from './DrillFrame.tsx';
export { EmptyNote } from './EmptyNote.tsx';
export { Facts } from './Facts.tsx';
export { Field, FieldError, type FieldWiring } from './Field.tsx';
export { FourNumbers } from './FourNumbers.tsx';
export { Icon, type IconName } from './Icon.tsx';
export { JumpBar } from './JumpBar.tsx';
export { Loading } from './Loading.tsx';
export { Mark } from './Mark.tsx';
export { DayLine, Note, UnreadLine } from './Note.tsx';
export { OweRow, Owes } from './OweRow.tsx';
export { Page, Pane } from './Page.tsx';
export { ItemRow, PersonRow } from './PersonRow.tsx';
export type { Pressable } from './pressable.tsx';
export { ReadLine } from './ReadLine.tsx';
export { RequestCard, RequestLine } from './RequestCard.tsx';
export { RoomRow } from './RoomRow.tsx';
export { GroupHead, IconLine, SectionHead } from './Section.tsx';
export { type Way, Ways } from './Ways.tsx';
export { Sheet } from './Sheet.tsx';
export { State, type StateKind } from './State.tsx';
export { isWithin, readNumber, Stepper } from './Stepper.tsx';
export { type Column, Table } from './Table.tsx';
export { type Tab, Tabs } from './Tabs.tsx';
export { Tag } from './Tag.tsx';
export { emptyCorner, type Tile, TileMap, type TileState } from './TileMap.tsx';
export { Shares, Units } from './Units.tsx';
export { UrgentNotice } from './UrgentNotice.tsx';
