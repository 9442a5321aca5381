'use client'

import { ChevronLeft, ChevronRight, Download, Trash2, X, ZoomIn, ZoomOut } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { IconButton } from '#components/ui/IconButton.tsx'
import type { PhotoView } from '#server/reports/queries/report.ts'
import { OriginalPhoto } from './OriginalPhoto.tsx'
import styles from './PhotoViewer.module.css'
import { photoAddress } from './photo-address.ts'
import { usePhotoCaptions } from './use-photo-captions.ts'

type Props = {
  photos: readonly PhotoView[]
  start: number
  mayTakeOriginals: boolean
  onClose: () => void
  onRemove?: (photo: PhotoView) => void
}

const zooms = [1, 1.5, 2.25, 3.5]

/**
 * The photo viewer over the page. No dialog opens above the viewer: while the reason for an original is asked for, that
 * dialog replaces it.
 */
export function PhotoViewer(props: Props) {
  const [at, setAt] = useState(props.start)
  const [wanted, setWanted] = useState<PhotoView | null>(null)
  if (wanted) return <OriginalPhoto fileId={wanted.fileId} onClose={() => setWanted(null)} />
  return <Viewer {...props} at={at} onGo={setAt} onOriginal={setWanted} />
}

type ViewerProps = Omit<Props, 'start'> & {
  at: number
  onGo: (at: number) => void
  onOriginal: (photo: PhotoView) => void
}

/** One photo at a time: arrow keys move on, plus and minus or a click zoom, Esc closes. */
function Viewer({ photos, at, mayTakeOriginals, onGo, onClose, onRemove, onOriginal }: ViewerProps) {
  const t = useTranslations('report.photos')
  const captionOf = usePhotoCaptions()
  const dialog = useRef<HTMLDialogElement>(null)
  const [zoom, setZoom] = useState(0)
  const photo = photos[Math.min(at, photos.length - 1)]

  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal()
  }, [])

  if (!photo) return null
  const go = (by: number) => {
    onGo((at + by + photos.length) % photos.length)
    setZoom(0)
  }
  const scale = (by: number) => setZoom(Math.min(zooms.length - 1, Math.max(0, zoom + by)))
  const press = (event: KeyboardEvent) => {
    const { length } = photos
    const actions: ReadonlyMap<string, () => void> = new Map([
      ['ArrowLeft', () => go(-1)],
      ['ArrowRight', () => go(1)],
      ['Home', () => go(-at)],
      ['End', () => go(length - 1 - at)],
      ['+', () => scale(1)],
      ['=', () => scale(1)],
      ['-', () => scale(-1)],
      ['0', () => setZoom(0)],
    ])
    const action = actions.get(event.key)
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    action()
  }
  const caption = captionOf(photo)
  const isLarge = zoom > 0
  const mayRemove = onRemove && (photo.kind !== 'citizen' || photo.addedBy !== null) && !photo.isInAnswer
  return (
    <dialog
      ref={dialog}
      data-own-keys
      className={styles.viewer}
      aria-label={t('viewer')}
      onClose={onClose}
      onCancel={onClose}
      onKeyDown={press}
    >
      <header className={styles.bar}>
        <p className={styles.caption} aria-live="polite">
          <span className={styles.count}>
            {at + 1}/{photos.length}
          </span>
          {caption}
          {photo.name && <span className={styles.name}> · {photo.name}</span>}
        </p>
        <IconButton label={t('zoomOut')} onClick={() => scale(-1)} disabled={zoom === 0}>
          <ZoomOut />
        </IconButton>
        <IconButton label={t('zoomIn')} onClick={() => scale(1)} disabled={zoom === zooms.length - 1}>
          <ZoomIn />
        </IconButton>
        {mayTakeOriginals && (
          <IconButton label={t('original')} onClick={() => onOriginal(photo)}>
            <Download />
          </IconButton>
        )}
        {mayRemove && (
          <IconButton label={t('remove')} onClick={() => onRemove(photo)}>
            <Trash2 />
          </IconButton>
        )}
        <IconButton label={t('close')} onClick={onClose} autoFocus>
          <X />
        </IconButton>
      </header>
      <div className={styles.stage}>
        <button
          type="button"
          className={isLarge ? styles.shrink : styles.grow}
          aria-label={t(isLarge ? 'zoomOut' : 'zoomIn')}
          onClick={() => setZoom(isLarge ? 0 : 2)}
          tabIndex={-1}
        >
          {/* biome-ignore lint/performance/noImgElement: an image service would need the sign-in */}
          <img
            src={photoAddress(photo.fileId, 'public')}
            alt={caption}
            width={photo.width}
            height={photo.height}
            style={isLarge ? { width: `${(zooms[zoom] ?? 1) * 100}%` } : undefined}
          />
        </button>
      </div>
      {photos.length > 1 && (
        <>
          <IconButton label={t('previous')} className={styles.left ?? ''} onClick={() => go(-1)}>
            <ChevronLeft />
          </IconButton>
          <IconButton label={t('nextPhoto')} className={styles.right ?? ''} onClick={() => go(1)}>
            <ChevronRight />
          </IconButton>
        </>
      )}
    </dialog>
  )
}
