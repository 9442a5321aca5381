import { photoAddress } from '#components/reports/photos/photo-address.ts'
import type { ReportView } from '#server/reports/queries/report.ts'

/** Milliseconds: a photo that takes longer is left out. */
const longestWait = 3000
let isPreparing = false

/**
 * Prints once the photos are loaded: on screen, those out of sight are not. The browser's own print command does not
 * wait for them. Asked again meanwhile, it prints once.
 */
export async function printReport({ photos }: Pick<ReportView, 'photos'>): Promise<void> {
  if (isPreparing) return
  isPreparing = true
  try {
    const loading = photos.map(({ fileId }) => {
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
