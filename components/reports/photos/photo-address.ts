import type { PhotoVariant } from '#server/platform/rules/photo.ts'

export const photoAddress = (fileId: string, variant: PhotoVariant) => `/api/photos/${fileId}/${variant}`
