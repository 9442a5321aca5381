'use client'

import { useTranslations } from 'next-intl'
import { PlaceMap } from '#components/reports/map/PlaceMap.tsx'
import { RouteLink } from '#components/reports/map/RouteLink.tsx'
import { WaitingPhotos } from '#components/reports/outbox/WaitingPhotos.tsx'
import { PhotoAdd } from '#components/reports/photos/PhotoAdd.tsx'
import { PhotoStrip } from '#components/reports/photos/PhotoStrip.tsx'
import { usePhotoUpload } from '#components/reports/photos/use-photo-upload.ts'
import { PlaceNotice } from '#components/reports/place/PlaceNotice.tsx'
import { Button } from '#components/ui/Button.tsx'
import { FoldedText } from '#components/ui/FoldedText.tsx'
import { SectionLabel } from '#components/ui/SectionLabel.tsx'
import { staffChannels } from '#server/reports/rules/lifecycle.ts'
import { useReportDesk } from './desk.ts'
import { ReadAs } from './ReadAs.tsx'
import styles from './ReportView.module.css'

/** A longer text is folded, so that photos and place stay in reach. */
const linesOfText = 14

/** The citizen's text, unchanged. */
export function ReportText() {
  const { report } = useReportDesk()
  return (
    <div>
      <FoldedText lines={linesOfText} lang="vi" className={styles.body}>
        {report.body}
      </FoldedText>
      <ReadAs report={report} />
    </div>
  )
}

export function ReportPhotos() {
  const t = useTranslations('report')
  const { report, myself } = useReportDesk()
  const { add, remove, uploading } = usePhotoUpload(report)
  const takenByStaff = (staffChannels as readonly string[]).includes(report.channel)
  const strip =
    report.photos.length > 0 ? (
      <PhotoStrip
        photos={report.photos}
        mayTakeOriginals={report.acts.includes('reveal_reporter')}
        onRemove={report.acts.includes('remove_photo') ? (photo) => void remove(photo) : undefined}
      />
    ) : (
      <p className={styles.nothing}>{t('photos.none')}</p>
    )
  return (
    <section className={styles.section}>
      <SectionLabel as="h2" {...(report.photos.length > 0 && { count: report.photos.length })}>
        {t('sections.photos')}
      </SectionLabel>
      {report.acts.includes('add_photo') ? (
        <>
          <PhotoAdd label={t('photos.add')} uploading={uploading} onFiles={(files) => void add(files, 'staff')}>
            {strip}
            <WaitingPhotos accountId={myself?.id} reportId={report.id} kinds={['staff', 'citizen']} />
          </PhotoAdd>
          {takenByStaff && (
            <PhotoAdd
              label={t('photos.addCitizen')}
              uploading={uploading}
              onFiles={(files) => void add(files, 'citizen')}
            />
          )}
        </>
      ) : (
        strip
      )}
    </section>
  )
}

export function ReportPlace() {
  const t = useTranslations('report')
  const { report, open } = useReportDesk()
  return (
    <section className={styles.section}>
      <div className={styles.sectionHead}>
        <SectionLabel as="h2">{t('sections.place')}</SectionLabel>
        {report.point && <RouteLink point={report.point}>{t('map.route')}</RouteLink>}
        {report.acts.includes('change_place') && (
          <Button size="small" variant="quiet" onClick={() => open('change_place')}>
            {t('actions.edit')}
          </Button>
        )}
      </div>
      <PlaceMap report={report} />
      <PlaceNotice report={report} />
    </section>
  )
}
