/** The limits of an uploaded photo. */
export const photoLimits = {
  /** Of the upload. Phones make 3–8 MB. */
  bytes: 15 * 1024 * 1024,
  /**
   * Width × height: a small file that unpacks to more than this is an attack, not a photo. Phones make up to 64
   * million.
   */
  pixels: 65_000_000,
  /**
   * Of what can only be unpacked whole: progressive or interlaced, or of 16 bits. Cameras make none; programs make
   * small ones.
   */
  wholePixels: 25_000_000,
  /** Longest edge of the copy that is shown. */
  publicEdge: 2048,
  thumbEdge: 320,
} as const

/** Told from the content, never from the name or what the browser says. */
export const photoTypes = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' } as const
export type PhotoType = keyof typeof photoTypes

export const isPhotoType = (mime: string): mime is PhotoType => Object.hasOwn(photoTypes, mime)

/** What a file was handed in for. It is shown, and may be hung up, nowhere else. */
export const filePurposes = ['report_photo', 'bulletin_image'] as const
export type FilePurpose = (typeof filePurposes)[number]

/** What is shown of a photo: pixels, and nothing that the camera noted. */
export const photoCopies = ['thumb', 'public'] as const
export type PhotoCopy = (typeof photoCopies)[number]
/** All that is kept of it. */
export const photoForms = [...photoCopies, 'original'] as const

/** Where the three forms of a photo are kept. Copies are always JPEG; the original stays as it came. */
export function photoKeys(sha256: string, type: PhotoType): Record<(typeof photoForms)[number], string> {
  const place = `${sha256.slice(0, 2)}/${sha256}`
  return {
    thumb: `thumb/${place}.jpg`,
    public: `public/${place}.jpg`,
    original: `original/${place}.${photoTypes[type]}`,
  }
}

/** The widths in which the images of bulletins are served, for the phone, the column and the sharp screen. */
export const imageWidths = [480, 960, 1600] as const
export type ImageWidth = (typeof imageWidths)[number]

export const sizedKey = (sha256: string, width: ImageWidth): string =>
  `sized/${width}/${sha256.slice(0, 2)}/${sha256}.jpg`

/** Everything that the store may keep of one content. */
export const keysOf = (sha256: string, type: PhotoType): string[] => [
  ...Object.values(photoKeys(sha256, type)),
  ...imageWidths.map((width) => sizedKey(sha256, width)),
]
