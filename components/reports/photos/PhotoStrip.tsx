'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { PhotoView } from '#server/reports/queries/report.ts'
import styles from './PhotoStrip.module.css'
import { photoAddress } from './photo-address.ts'
import { usePhotoCaptions } from './use-photo-captions.ts'

const Viewer = dynamic(() => import('./PhotoViewer.tsx').then((viewer) => viewer.PhotoViewer), { ssr: false })

type Props = {
  photos: readonly PhotoView[]
  /** Removes a photo from the report, where that is allowed. */
  onRemove?: ((photo: PhotoView) => void) | undefined
  /** Whether the originals may be downloaded, with a reason. */
  mayTakeOriginals?: boolean
  size?: 'large' | 'small'
}

/** Photos side by side; each opens in the viewer. */
export function PhotoStrip({ photos, onRemove, mayTakeOriginals = false, size = 'large' }: Props) {
  const t = useTranslations('report.photos')
  const captionOf = usePhotoCaptions()
  const [open, setOpen] = useState<number | null>(null)
  return (
    <>
      <ul className={size === 'large' ? styles.large : styles.small}>
        {photos.map((photo, i) => (
          <li key={`${photo.fileId}-${photo.kind}`} className={styles.item}>
            <button
              type="button"
              className={styles.photo}
              aria-label={t('open', { index: i + 1, total: photos.length, caption: captionOf(photo) })}
              onClick={() => setOpen(i)}
            >
              {/* The server has made the small copy already. */}
              {/* biome-ignore lint/performance/noImgElement: an image service would need the sign-in */}
              <img src={photoAddress(photo.fileId, 'thumb')} alt="" loading="lazy" decoding="async" />
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
