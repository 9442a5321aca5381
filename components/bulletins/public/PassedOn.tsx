import { shareAddress } from '#server/bulletins/rules/share-image.ts'
import { readAs } from '#server/bulletins/rules/stale.ts'
import type { DrawnPage, Reader } from './reader.ts'

/** What readers and wards share: an image, and the loudspeaker text while it may be read out. */
export function PassedOn({ page, reader: { locale, t, at } }: { page: DrawnPage; reader: Reader }) {
  const validity = readAs(page, at)
  const { loudspeaker } = page
  const language = locale === 'en' && page.content.en ? 'en' : 'vi'
  return (
    <div className="passed-on">
      <a href={`${shareAddress(page, { language, shape: 'doc', validity })}&tai=1`} download>
        {t('published.share.picture')}
      </a>
      {loudspeaker && ['upcoming', 'inForce', 'undated'].includes(validity) && (
        <details>
          <summary>{t('published.loudspeaker.title')}</summary>
          <p>
            {t('published.loudspeaker.time', {
              minutes: Math.floor(loudspeaker.seconds / 60),
              seconds: loudspeaker.seconds % 60,
            })}
          </p>
          <div lang="vi">
            {loudspeaker.text.split('\n').map((line, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a sentence has no id and may occur twice
              <p key={place}>{line}</p>
            ))}
          </div>
        </details>
      )}
    </div>
  )
}
