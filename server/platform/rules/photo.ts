/** The limits of an uploaded photo. */
export const photoLimits = {
  /** Size of the upload. Phones produce 3–8 MB. */
  bytes: 15 * 1024 * 1024,
  /**
   * Width × height: a small file that decodes to more than this is an attack, not a photo. Phones produce up to 64
   * million.
   */
  pixels: 65_000_000,
  /**
   * The limit for pictures that can only be decoded as a whole: progressive, interlaced or 16-bit. Cameras produce
   * none; programs produce small ones.
   */
  wholePixels: 25_000_000,
  /** Longest edge of the copy that is shown. */
  publicEdge: 2048,
  thumbEdge: 320,
} as const

/** Detected from the content, never from the name or from the browser's claim. */
export const photoTypes = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' } as const
export type PhotoType = keyof typeof photoTypes

export const isPhotoType = (mime: string): mime is PhotoType => Object.hasOwn(photoTypes, mime)

/** The purpose of an upload. It may be attached, and is shown, nowhere else. */
export const filePurposes = ['report_photo', 'bulletin_image', 'public_copy'] as const
export type FilePurpose = (typeof filePurposes)[number]

/** The copies of a photo that are shown: pixels only, without camera metadata. */
export const photoCopies = ['thumb', 'public'] as const
export type PhotoCopy = (typeof photoCopies)[number]
/** All stored forms of a photo. */
export const photoForms = [...photoCopies, 'original'] as const

/** The storage keys of the three forms of a photo. Copies are always JPEG; the original is unchanged. */
export function photoKeys(sha256: string, type: PhotoType): Record<(typeof photoForms)[number], string> {
  const place = `${sha256.slice(0, 2)}/${sha256}`
  return {
    thumb: `thumb/${place}.jpg`,
    public: `public/${place}.jpg`,
    original: `original/${place}.${photoTypes[type]}`,
  }
}

/** The widths in which images of bulletins are served: for phones, for the text column and for high-density screens. */
export const imageWidths = [480, 960, 1600] as const
export type ImageWidth = (typeof imageWidths)[number]

export const sizedKey = (sha256: string, width: ImageWidth): string =>
  `sized/${width}/${sha256.slice(0, 2)}/${sha256}.jpg`

/** Every key that the store may hold for one content. */
export const keysOf = (sha256: string, type: PhotoType): string[] => [
  ...Object.values(photoKeys(sha256, type)),
  ...imageWidths.map((width) => sizedKey(sha256, width)),
]
