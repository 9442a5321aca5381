/** The widths in which the images of bulletins are served, for the phone, the column and the sharp screen. */
export const imageWidths = [480, 960, 1600] as const
export type ImageWidth = (typeof imageWidths)[number]

export const publicImage = (fileId: string, width: ImageWidth): string => `/ban-tin/anh/${fileId}/${width}.jpg`
