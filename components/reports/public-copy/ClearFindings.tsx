import { useTranslations } from 'next-intl'
import { CheckField } from '#components/ui/CheckField.tsx'
import type { ShownData } from '#server/publication/rules/copy-texts.ts'
import styles from './PublicCopy.module.css'

type Props = { shown: ShownData[]; cleared: readonly ShownData[]; onChange: (cleared: ShownData[]) => void }

/** What the rules still see in the copy, for the reviewer to say of all of it that it is no personal data. */
export function ClearFindings({ shown, cleared, onChange }: Props) {
  const t = useTranslations('report.publicCopy')
  return (
    <>
      <ul className={styles.shown}>
        {shown.map(({ part, kind, text }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes, and may name a text twice.
          <li key={at}>
            {t(`texts.${part}`)}:{' '}
            <mark className={styles.mark} lang="vi">
              {text}
            </mark>{' '}
            ({t(`kinds.${kind}`)})
          </li>
        ))}
      </ul>
      <CheckField
        label={t('cleared')}
        checked={cleared.length > 0}
        onChange={(isCleared) => onChange(isCleared ? shown : [])}
      />
    </>
  )
}
