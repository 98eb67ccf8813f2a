import type { Attachment, Message } from '@noroshi/features/talk';
import { IconLine } from '@noroshi/foundations/ui';
import { useLoaded } from '@noroshi/foundations/web';
import type { ComponentType } from 'preact';

interface AttachedProps { readonly attachment: Attachment; readonly message?: Message; readonly mine?: boolean }

const load = async (): Promise<{ default: ComponentType<AttachedProps> }> => ({ default: (await import('./attachments.tsx')).AttachmentView });

/** A photograph or file: its name at once, the rest with the part of the application that shows it. */
export function Attached(props: AttachedProps) {
  const View = useLoaded(load);
  const { kind, name } = props.attachment;
  return View ? <View {...props} /> : <IconLine icon={kind === 'photo' ? 'image' : 'doc'}>{name}</IconLine>;
}
