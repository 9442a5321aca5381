'use client'

import { EyeOff, Globe, Hourglass } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { CopyPhoto } from '#server/publication/queries/copy-photos.ts'
import { photoAddress } from '../photos/photo-address.ts'
import { placeOf } from './BoxStage.tsx'
import styles from './CopyPhotos.module.css'
import { PhotoChoice } from './PhotoChoice.tsx'
import { PhotoEditor } from './PhotoEditor.tsx'
import type { PhotoDecisions } from './use-photo-decisions.ts'

const icons = { unseen: Hourglass, left_out: EyeOff, shown: Globe }

/** The photos of the report as the public would see them, with the decision on each. */
export function CopyPhotos({ photos, decisions }: { photos: readonly CopyPhoto[]; decisions: PhotoDecisions }) {
  const t = useTranslations('report.publicCopy.photos')
  const [open, setOpen] = useState<number | null>(null)
  return (
    <section className={styles.section} aria-label={t('title')}>
      <p className={styles.title}>{t('title')}</p>
      <p className={styles.hint}>{t('hint')}</p>
      <ul className={styles.photos}>
        {photos.map(({ fileId, kind, width, height }, at) => {
          const { isShown, boxes } = decisions.of(fileId)
          const state = isShown === null ? 'unseen' : isShown ? 'shown' : 'left_out'
          const Icon = icons[state]
          return (
            <li key={fileId} className={styles.card}>
              <button
                type="button"
                className={styles.photo}
                aria-label={t('open', { index: at + 1, kind: t(`kinds.${kind}`) })}
                onClick={() => setOpen(at)}
              >
                <span className={styles.frame} style={frameOf({ width, height })}>
                  {/* biome-ignore lint/performance/noImgElement: an image service would need the sign-in */}
                  <img src={photoAddress(fileId, 'thumb')} alt="" loading="lazy" decoding="async" />
                  {boxes.map((box, place) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: boxes have no names of their own.
                    <span key={place} className={styles.box} style={placeOf(box)} />
                  ))}
                </span>
              </button>
              <p className={styles.kind}>{t(`kinds.${kind}`)}</p>
              <p className={styles.state} data-state={state}>
                <Icon size={14} aria-hidden="true" />
                {state === 'shown' ? t('states.shown', { count: boxes.length }) : t(`states.${state}`)}
              </p>
              <PhotoChoice
                label={t('decide', { index: at + 1 })}
                isShown={isShown}
                onChange={(shown) => decisions.set(fileId, { isShown: shown, boxes })}
              />
            </li>
          )
        })}
      </ul>
      {open !== null && (
        <PhotoEditor photos={photos} at={open} decisions={decisions} onGo={setOpen} onClose={() => setOpen(null)} />
      )}
    </section>
  )
}

/** Fits the photo into the height of the card, or into its width where the photo is too wide. */
const frameOf = ({ width, height }: { width: number; height: number }) => ({
  aspectRatio: `${width} / ${height}`,
  width: `min(100%, ${Math.round((180 * width) / height)}px)`,
})
