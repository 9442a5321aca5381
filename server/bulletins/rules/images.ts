import type { ImageWidth } from '#server/platform/rules/photo.ts'

/** The path of the images of a preview: under its secret address, and gone with it. */
export const previewImages = (token: string): string => `/ban-tin/xem-truoc/${token}/anh`

export const publicImage = (fileId: string, width: ImageWidth, home = '/ban-tin/anh'): string =>
  `${home}/${fileId}/${width}.jpg`
