import { useTranslations } from 'next-intl'
import { Skeleton } from '#components/ui/Skeleton.tsx'
import { VisuallyHidden } from '#components/ui/VisuallyHidden.tsx'
import board from '../BoardScreen.module.css'
import skeleton from '../BoardSkeleton.module.css'
import figures from './StormFigures.module.css'

const cells = ['total', 'open', 'peak', 'safe', 'hour', 'bulletins'] as const
const cards = [12, 7, 5, 8, 4] as const

/** The page of a storm before its figures are loaded, in its final layout. */
export function StormSkeleton() {
  const t = useTranslations('common')
  return (
    <div role="status">
      <VisuallyHidden>{t('loading')}</VisuallyHidden>
      <Skeleton width={110} height={16} />
      <div className={skeleton.head}>
        <Skeleton width={340} height={30} />
        <Skeleton width={380} height={32} />
      </div>
      <Skeleton width="min(460px, 90%)" height={16} />
      <div className={`${figures.panel} ${skeleton.below}`}>
        <div className={figures.figures}>
          {cells.map((cell) => (
            <div key={cell} className={figures.figure}>
              <Skeleton width="60%" />
              <Skeleton width="40%" height={36} />
              <Skeleton width="80%" />
            </div>
          ))}
        </div>
        <div className={figures.handled}>
          <Skeleton width={140} height={20} />
          <Skeleton height={42} />
        </div>
      </div>
      <div className={board.charts}>
        {cards.map((span) => (
          <div key={span} className={skeleton.chart} data-span={span}>
            <Skeleton width="40%" height={18} />
            <Skeleton height={span === 7 ? 520 : 270} />
          </div>
        ))}
      </div>
    </div>
  )
}
