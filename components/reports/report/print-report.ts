import { photoAddress } from '#components/reports/photos/photo-address.ts'
import type { ReportView } from '#server/reports/queries/report.ts'

/** Prints once the photos are loaded: on screen, those out of sight are not. */
export async function printReport({ photos }: Pick<ReportView, 'photos'>): Promise<void> {
  const loading = photos.map(({ fileId }) => {
    const image = new Image()
    image.src = photoAddress(fileId, 'thumb')
    return image.decode()
  })
  await Promise.allSettled(loading)
  window.print()
}
