const publicPhotos = '/anh-phan-anh'
const form = new RegExp(`^${publicPhotos}/([^/]+)/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\.jpg$`)

/** The public path of the public copy of a photo. */
export const publicPhotoPath = (code: string, id: string): string =>
  `${publicPhotos}/${encodeURIComponent(code)}/${id}.jpg`

/** Parses such a path; null for any other path. */
export function readPublicPhotoPath(path: string): { code: string; id: string } | null {
  const [, code, id] = form.exec(path) ?? []
  return code !== undefined && id !== undefined ? { code: decodeURIComponent(code), id } : null
}
