'use client'

import { MapPinPlus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { CommandId } from '#components/keyboard/commands.ts'
import { useReportAction } from '#components/reports/moves/use-report-action.ts'
import { Button } from '#components/ui/Button.tsx'
import type { ReportView } from '#server/reports/queries/report.ts'
import styles from './PlaceField.module.css'
import { usePlaceProposal } from './use-place-proposal.ts'
import { usePlaceWords } from './use-place-words.ts'
import { Warning } from './Warning.tsx'

type Props = { report: ReportView; command?: CommandId }

/** Below the place of a report: where its point would be if it has none, or that it lies in another commune. */
export function PlaceNotice({ report, command }: Props) {
  const t = useTranslations('places')
  const { nameOf } = usePlaceWords()
  const proposal = usePlaceProposal(report)
  const run = useReportAction(report)
  const { otherArea, area, address, point } = report
  if (proposal) {
    const { place, set } = proposal
    return (
      <div className={styles.proposal} role="status">
        <Button size="small" icon={<MapPinPlus />} command={command} onClick={set}>
          {t('propose', { place: nameOf(place) })}
        </Button>
        <span className={styles.words}>{t(`precisions.${place.precision}`)}</span>
      </div>
    )
  }
  if (!otherArea || !area) return null
  return (
    <Warning words={t('disagree', { point: otherArea.name, chosen: area.name })}>
      {report.acts.includes('change_place') && (
        <Button size="small" onClick={() => void run('change_place', { address, point, areaId: otherArea.id })}>
          {t('takeOfPoint')}
        </Button>
      )}
    </Warning>
  )
}
