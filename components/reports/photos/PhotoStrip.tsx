'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { lazyPanel } from '#components/ui/lazy-panel.ts'
import type { PhotoView } from '#server/reports/queries/report.ts'
import styles from './PhotoStrip.module.css'
import { photoAddress } from './photo-address.ts'
import { usePhotoCaptions } from './use-photo-captions.ts'

const { Panel: Viewer } = lazyPanel(() => import('./PhotoViewer.tsx').then((viewer) => viewer.PhotoViewer), {
  onDemand: true,
})

type Props = {
  photos: readonly PhotoView[]
  /** Removes a photo from the report, where that is allowed. */
  onRemove?: ((photo: PhotoView) => void) | undefined
  /** Whether the originals may be downloaded, with a reason. */
  mayTakeOriginals?: boolean
  /** `lead`: the first one large, the second beside it, and how many more there are; placed by the element around. */
  size?: 'large' | 'small' | 'lead'
}

/** Photos side by side; each opens in the viewer. */
export function PhotoStrip({ photos, onRemove, mayTakeOriginals = false, size = 'large' }: Props) {
  const t = useTranslations('report.photos')
  const captionOf = usePhotoCaptions()
  const [open, setOpen] = useState<number | null>(null)
  /** Shown large: the small copy would be blurred, and is there until the other has loaded. */
  const isLead = (at: number) => size === 'lead' && at === 0
  return (
    <>
      <ul className={styles[size]}>
        {photos.map((photo, i) => (
          <li key={`${photo.fileId}-${photo.kind}`} className={styles.item}>
            <button
              type="button"
              className={styles.photo}
              aria-label={t('open', { index: i + 1, total: photos.length, caption: captionOf(photo) })}
              onClick={() => setOpen(i)}
            >
              {/* The server has made the copies already. */}
              {/* biome-ignore lint/performance/noImgElement: an image service would need the sign-in */}
              <img
                src={photoAddress(photo.fileId, isLead(i) ? 'public' : 'thumb')}
                alt=""
                loading="lazy"
                decoding="async"
                style={isLead(i) ? { backgroundImage: `url(${photoAddress(photo.fileId, 'thumb')})` } : undefined}
              />
              {size === 'lead' && i === 1 && photos.length > 2 && (
                <span className={styles.more} aria-hidden="true">
                  +{photos.length - 2}
                </span>
              )}
              {photo.kind !== 'citizen' && size === 'large' && (
                <span className={styles.kind}>{t(`kinds.${photo.kind}`)}</span>
              )}
            </button>
          </li>
        ))}
      </ul>
      {open !== null && (
        <Viewer
          photos={photos}
          start={open}
          mayTakeOriginals={mayTakeOriginals}
          onClose={() => setOpen(null)}
          {...(onRemove && { onRemove })}
        />
      )}
    </>
  )
}
