'use client'

import { useTranslations } from 'next-intl'
import { WaitingPhotos } from '#components/reports/outbox/WaitingPhotos.tsx'
import { PhotoAdd } from '#components/reports/photos/PhotoAdd.tsx'
import { photoAddress } from '#components/reports/photos/photo-address.ts'
import { usePhotoCaptions } from '#components/reports/photos/use-photo-captions.ts'
import { usePhotoUpload } from '#components/reports/photos/use-photo-upload.ts'
import type { PhotoView, ReportView } from '#server/reports/queries/report.ts'
import styles from './ProofPhotos.module.css'

type Props = {
  report: ReportView
  myself: { id: string }
  photos: readonly PhotoView[]
  without: readonly string[]
  onWithout: (without: string[]) => void
}

/** The proof of the answer: photos added here, each of which may be left out again. */
export function ProofPhotos({ report, myself, photos, without, onWithout }: Props) {
  const t = useTranslations('report')
  const captionOf = usePhotoCaptions()
  const { add, uploading } = usePhotoUpload(report)
  const turn = (fileId: string, use: boolean) =>
    onWithout(use ? without.filter((each) => each !== fileId) : [...without, fileId])
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{t('composer.proof')}</legend>
      <PhotoAdd label={t('photos.addProof')} uploading={uploading} onFiles={(files) => void add(files, 'proof')}>
        {photos.length > 0 && (
          <div className={styles.photos}>
            {photos.map((photo) => {
              const use = !without.includes(photo.fileId)
              return (
                <label key={photo.fileId} className={styles.photo} data-use={use}>
                  {/* biome-ignore lint/performance/noImgElement: an image service would need the sign-in */}
                  <img src={photoAddress(photo.fileId, 'thumb')} alt={captionOf(photo)} />
                  <input
                    type="checkbox"
                    checked={use}
                    aria-label={t('composer.proofUse')}
                    onChange={(event) => turn(photo.fileId, event.target.checked)}
                  />
                </label>
              )
            })}
          </div>
        )}
        <WaitingPhotos accountId={myself.id} reportId={report.id} kinds={['proof']} />
      </PhotoAdd>
    </fieldset>
  )
}
