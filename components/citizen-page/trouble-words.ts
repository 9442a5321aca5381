import type { Reader } from '#components/bulletins/public/reader.ts'
import { citizenLinkLimits } from '#server/platform/rules/limits.ts'
import { photoLimits } from '#server/platform/rules/photo.ts'

export const megabytes = Math.floor(photoLimits.bytes / 1024 / 1024)
export const { perForm: mostPhotos } = citizenLinkLimits.photos

const sentences = {
  required: 'required',
  too_long: 'too_long',
  rating_missing: 'rating_missing',
  window_passed: 'window_passed',
  report_updating: 'report_updating',
  answer_leaving: 'report_updating',
  invalid_move: 'changed',
  conflict: 'changed',
  too_many_requests: 'too_many_requests',
  too_many_photos: 'photos_many',
  file_too_large: 'photos_size',
  body_too_large: 'photos_size',
  file_not_an_image: 'photos_kind',
  file_heic: 'photos_kind',
  photo_damaged: 'photos_kind',
  photo_too_many_pixels: 'photos_size',
  own_uploads_busy: 'busy',
  uploads_busy: 'busy',
  upload_stalled: 'busy',
  busy: 'busy',
  database_busy: 'busy',
  unavailable: 'busy',
} as const

/** The text that explains why a form was refused. */
export function troubleWords(code: string, { t }: Reader): string {
  const name = Object.hasOwn(sentences, code) ? sentences[code as keyof typeof sentences] : 'other'
  return t(`citizenPage.troubles.${name}`, { most: String(mostPhotos), megabytes: String(megabytes) })
}
