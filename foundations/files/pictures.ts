/** What a photograph is made of, and what of that leaves the device. */
export { cleanPicture, pictureTypes, type Picture, type PictureType } from './picture.ts';
export { takenIn, type Taken } from './exif.ts';
