import type { PhotoCopy } from '#server/platform/rules/photo.ts'

export const photoAddress = (fileId: string, variant: PhotoCopy | 'original') => `/api/photos/${fileId}/${variant}`
