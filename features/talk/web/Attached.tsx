import type { Attachment, Message } from '@noroshi/features/talk';
import { IconLine, Photo } from '@noroshi/foundations/ui';
import { useLoaded } from '@noroshi/foundations/web';
import type { ComponentType } from 'preact';

interface AttachedProps { readonly attachment: Attachment; readonly message?: Message; readonly mine?: boolean }

const load = async (): Promise<{ default: ComponentType<AttachedProps> }> => ({ default: (await import('./attachments.tsx')).AttachmentView });

/** A photograph or file: its place and its name at once, the rest with the part of the application that shows it. */
export function Attached(props: AttachedProps) {
  const View = useLoaded(load);
  const { kind, name, caption } = props.attachment;
  if (View) return <View {...props} />;
  return kind === 'photo' ? <Photo src={undefined} alt={name}>{caption && <p>{caption}</p>}</Photo> : <IconLine icon="doc">{name}</IconLine>;
}
