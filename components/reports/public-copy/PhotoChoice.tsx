import { useTranslations } from 'next-intl'
import { Segment, Segments } from '#components/ui/Segments.tsx'

type Props = { label: string; isShown: boolean | null; onChange: (isShown: boolean) => void }

/** Whether a photo is published. Neither choice is selected before a decision. */
export function PhotoChoice({ label, isShown, onChange }: Props) {
  const t = useTranslations('report.publicCopy.photos')
  return (
    <Segments label={label}>
      <Segment on={isShown === false} onClick={() => onChange(false)}>
        {t('leaveOut')}
      </Segment>
      <Segment on={isShown === true} onClick={() => onChange(true)}>
        {t('show')}
      </Segment>
    </Segments>
  )
}
