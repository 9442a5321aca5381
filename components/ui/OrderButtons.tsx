import { ArrowDown, ArrowUp } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { IconButton } from './IconButton.tsx'

type Props = {
  /** What is moved. */
  name: string
  isFirst: boolean
  isLast: boolean
  onUp: () => void
  onDown: () => void
}

/** Moves an entry of a list one up or one down. */
export function OrderButtons({ name, isFirst, isLast, onUp, onDown }: Props) {
  const t = useTranslations('common.order')
  return (
    <>
      <IconButton size="small" label={t('up', { name })} disabled={isFirst} onClick={onUp}>
        <ArrowUp />
      </IconButton>
      <IconButton size="small" label={t('down', { name })} disabled={isLast} onClick={onDown}>
        <ArrowDown />
      </IconButton>
    </>
  )
}
