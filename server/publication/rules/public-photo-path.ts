const publicPhotos = '/anh-phan-anh'
const form = new RegExp(`^${publicPhotos}/([^/]+)/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\.jpg$`)

/** Where everyone may see the public copy of a photo. */
export const publicPhotoPath = (code: string, id: string): string =>
  `${publicPhotos}/${encodeURIComponent(code)}/${id}.jpg`

/** What such an address names; null for any other address. */
export function readPublicPhotoPath(path: string): { code: string; id: string } | null {
  const [, code, id] = form.exec(path) ?? []
  return code !== undefined && id !== undefined ? { code: decodeURIComponent(code), id } : null
}
