import { photoAddress } from '#components/reports/photos/photo-address.ts'
import { printedPhotos } from './printed-parts.ts'

/** Milliseconds: a photo that takes longer is left out. */
const longestWait = 3000
let isPreparing = false

/** Prints once the photos are loaded. Asked again meanwhile, it prints once. */
export async function printReport(report: Parameters<typeof printedPhotos>[0]): Promise<void> {
  if (isPreparing) return
  isPreparing = true
  try {
    const loading = printedPhotos(report).map((fileId) => {
      const image = new Image()
      image.src = photoAddress(fileId, 'thumb')
      return image.decode()
    })
    await Promise.race([Promise.allSettled(loading), new Promise((resolve) => setTimeout(resolve, longestWait))])
    window.print()
  } finally {
    isPreparing = false
  }
}
