'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { LikelyDuplicates } from '#components/reports/duplicates/LikelyDuplicates.tsx'
import { OutboxOn } from '#components/reports/outbox/OutboxCards.tsx'
import { PublicCopy } from '#components/reports/public-copy/PublicCopy.tsx'
import { SectionLabel } from '#components/ui/SectionLabel.tsx'
import { useBottomBarHeight } from '#components/ui/use-bottom-bar-height.ts'
import { AnswerCard } from './AnswerCard.tsx'
import { CitizenCard } from './CitizenCard.tsx'
import { CitizenLink } from './CitizenLink.tsx'
import { answerWay, Composer } from './Composer.tsx'
import { type ComposerKind, useReportDesk } from './desk.ts'
import { Notices } from './Notices.tsx'
import { PrintedReport } from './PrintedReport.tsx'
import { Properties } from './Properties.tsx'
import { FollowingReports, SameIncident } from './Related.tsx'
import { ReportActions } from './ReportActions.tsx'
import { ReportPhotos, ReportPlace, ReportText } from './ReportContent.tsx'
import { Reporter } from './Reporter.tsx'
import { ReportHeader } from './ReportHeader.tsx'
import styles from './ReportView.module.css'
import type { ListPosition } from './ReportView.tsx'
import { RequestCards } from './RequestCards.tsx'
import { ScheduledCard } from './ScheduledCard.tsx'
import side from './Side.module.css'
import { type Story, StoryTabs } from './StoryTabs.tsx'
import { Timeline } from './Timeline.tsx'
import { useKeptDrafts } from './use-kept-drafts.ts'

/** Few reports may belong to an incident: its code is loaded with the first one that may. */
const SuggestedIncident = dynamic(() => import('./SuggestedIncident.tsx').then((part) => part.SuggestedIncident))

type Props = {
  position: ListPosition | undefined
  onBack: (() => void) | undefined
  composer: ComposerKind | null
  onComposer: (kind: ComposerKind | null) => void
}

/** Three columns where there is space, two where there is less, one on a phone with the actions below in reach. */
export function ReportLayout({ position, onBack, composer, onComposer }: Props) {
  const t = useTranslations('report')
  const { report, myself } = useReportDesk()
  useKeptDrafts(report, report.acts.includes('add_note') ? myself?.id : undefined)
  const [story, setStory] = useState<Story>('all')
  const mayWrite = (kind: ComposerKind) =>
    kind === 'note' ? report.acts.includes('add_note') : answerWay(report).refusalReason !== 'forbidden'
  const composing = useRef<HTMLDivElement>(null)
  const ways = useBottomBarHeight()
  const bar = useBottomBarHeight()
  useEffect(() => {
    if (composer) composing.current?.scrollIntoView({ block: 'nearest' })
  }, [composer])

  return (
    <article className={styles.page} aria-label={report.code}>
      <div className={styles.frame}>
        <ReportHeader position={position} onBack={onBack} />
        <Notices />
        {myself && <OutboxOn accountId={myself.id} reportId={report.id} mayWrite={mayWrite} onWrite={onComposer} />}
        <div className={styles.columns}>
          <section className={styles.left} aria-label={t('sections.report')}>
            <ReportText />
            <ReportPhotos />
            <ReportPlace />
          </section>
          <div className={styles.middle}>
            <StoryTabs shown={story} onShow={setStory} />
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: keyboard users must be able to scroll it */}
            <section className={styles.story} data-scroll aria-label={t(`story.${story}`)} tabIndex={0}>
              {story === 'citizen' ? (
                <>
                  <p className={styles.nothing}>{t('citizen.hint')}</p>
                  <CitizenCard view={report.citizen} />
                </>
              ) : (
                <>
                  <RequestCards />
                  <ScheduledCard />
                  <AnswerCard />
                  <Timeline onlyWords={story === 'words'} />
                </>
              )}
            </section>
            <div ref={composer ? composing : ways} className={composer ? styles.composing : styles.composer}>
              <Composer kind={composer} onClose={() => onComposer(null)} />
            </div>
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: keyboard users must be able to scroll it */}
          <aside className={styles.right} aria-label={t('sections.properties')} tabIndex={0}>
            <section className={side.section}>
              <SectionLabel as="h2">{t('sections.properties')}</SectionLabel>
              <Properties />
            </section>
            <section className={side.section}>
              <SectionLabel as="h2">{t('sections.reporter')}</SectionLabel>
              <Reporter />
              <CitizenLink />
            </section>
            <PublicCopy />
            <LikelyDuplicates />
            {report.suggested.length > 0 && <SuggestedIncident />}
            <SameIncident />
            <FollowingReports />
          </aside>
        </div>
        {composer === null && (
          <div ref={bar} className={styles.bar}>
            <ReportActions room="phone" menuId="report" />
          </div>
        )}
      </div>
      <PrintedReport />
    </article>
  )
}
