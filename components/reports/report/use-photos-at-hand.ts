import { useEffect } from 'react'
import { photoAddress } from '#components/reports/photos/photo-address.ts'
import { whenIdle } from '#components/ui/when-idle.ts'
import { printedPhotos } from './printed-parts.ts'

/**
 * Loads the photos of the printed sheet once the page is idle, and keeps them: the browser's own print command waits
 * for no photo, and an image that the page already holds is there at once.
 */
export function usePhotosAtHand(report: Parameters<typeof printedPhotos>[0]): void {
  const fileIds = printedPhotos(report).join(' ')
  useEffect(() => {
    const held = new Set<HTMLImageElement>()
    const cancel = whenIdle(() => {
      for (const fileId of fileIds.split(' ').filter(Boolean)) {
        const image = new Image()
        image.src = photoAddress(fileId, 'thumb')
        held.add(image)
      }
    })
    return () => {
      cancel()
      held.clear()
    }
  }, [fileIds])
}
