/** One picture of what a video shows now, as a file like that of a camera. @throws where there is nothing to be seen yet */
export async function photographed(video: HTMLVideoElement): Promise<File> {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  if (canvas.width === 0) throw new Error('there is no picture yet');
  canvas.getContext('2d', { alpha: false })!.drawImage(video, 0, 0);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.92));
  if (!blob) throw new Error('the canvas gave no picture');
  return new File([blob], 'call.jpg', { type: 'image/jpeg' });
}
