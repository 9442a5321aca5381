import type { Listing } from '#server/bulletins/http/reading.ts'
import { listedAreas } from '#server/bulletins/rules/place-words.ts'
import { listQuery } from '#server/bulletins/rules/public-list.ts'
import { readingLimits } from '#server/platform/rules/limits.ts'
import { pagesOf, placeName, type Reader } from './reader.ts'

/**
 * Search by place and text. It is submitted as an address, which can be bookmarked, shared and opened without a script.
 */
export function FindForm({
  listing: { address, area, choices },
  reader: { locale, t },
}: {
  listing: Listing
  reader: Reader
}) {
  const isListed = choices.some(({ code }) => code === area?.code)
  const hasFilter = listQuery({ ...address, before: null }) !== ''
  return (
    <search>
      <form className="find" action={pagesOf(locale)} aria-label={t('published.find.label')}>
        <label>
          {t('published.find.area')}
          <select name="area" defaultValue={area?.code ?? ''}>
            <option value="">{t('published.wholeCity')}</option>
            {area && !isListed && <option value={area.code}>{placeName(area.name, locale)}</option>}
            {choices.map(({ code, name }) => (
              <option key={code} value={code}>
                {placeName(name, locale)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('published.find.words')}
          <input type="search" name="q" defaultValue={address.words} maxLength={readingLimits.searchCharacters} />
        </label>
        {address.kind && <input type="hidden" name="kind" value={address.kind} />}
        {address.incident && <input type="hidden" name="incident" value={address.incident} />}
        <button type="submit">{t('published.find.go')}</button>
        {hasFilter && <a href={pagesOf(locale)}>{t('published.find.clear')}</a>}
      </form>
      {area && (
        <p className="keep" data-ward-keep={area.code} data-ward-name={placeName(area.name, locale)} hidden>
          <button type="button">{t('published.ward.keep', { area: listedAreas([area.name], locale) })}</button>{' '}
          {t('published.ward.note')}
        </p>
      )}
    </search>
  )
}
