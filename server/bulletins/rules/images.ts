import type { ImageWidth } from '#server/platform/rules/photo.ts'

export const publicImage = (fileId: string, width: ImageWidth): string => `/ban-tin/anh/${fileId}/${width}.jpg`
