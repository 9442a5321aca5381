import { getTranslations } from 'next-intl/server'
import type { Locale } from '#messages/locales.ts'
import type { PublicPage } from '#server/bulletins/queries/public.ts'
import { shareAddress } from '#server/bulletins/rules/share-image.ts'
import { validityAt } from '#server/bulletins/rules/validity.ts'
import styles from './Public.module.css'

type Props = { page: PublicPage; locale: Locale; at: Date }

/** What readers and wards pass on: a picture, and the text for the loudspeakers as long as it may be read out. */
export async function PassedOn({ page, locale, at }: Props) {
  const t = await getTranslations({ locale, namespace: 'published' })
  const validity = validityAt(page, at)
  const { text, seconds } = page.loudspeaker
  return (
    <div className={styles.passedOn}>
      <a href={`${shareAddress(page, { language: locale, shape: 'doc', validity })}&tai=1`} download>
        {t('share.picture')}
      </a>
      {['upcoming', 'inForce', 'undated'].includes(validity) && (
        <details>
          <summary>{t('loudspeaker.title')}</summary>
          <p>{t('loudspeaker.time', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 })}</p>
          <div lang="vi">
            {text.split('\n').map((line, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: sentences have no other name, and one may be said twice
              <p key={at}>{line}</p>
            ))}
          </div>
        </details>
      )}
    </div>
  )
}
