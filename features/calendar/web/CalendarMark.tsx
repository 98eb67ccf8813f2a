/** What tells calendars apart: a colour and a shape, never the colour alone. */
const shapes = ['●', '■', '▲', '◆', '★', '✚'];
export const CalendarMark = ({ mark }: { mark: number }) => <span class={`cal-mark cal-${mark}`} aria-hidden="true">{shapes[mark - 1]}</span>;
