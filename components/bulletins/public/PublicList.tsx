import type { Listing } from '#server/bulletins/http/reading.ts'
import type { PublicBulletin } from '#server/bulletins/queries/public.ts'
import { bulletinKinds } from '#server/bulletins/rules/bulletin.ts'
import { listedAreas } from '#server/bulletins/rules/place-words.ts'
import { listQuery } from '#server/bulletins/rules/public-list.ts'
import { FindForm } from './FindForm.tsx'
import { plainIncident } from './incident-words.tsx'
import { PublicFrame } from './PublicFrame.tsx'
import { feedOf } from './PublicHead.tsx'
import { PublicMeta } from './PublicMeta.tsx'
import { pagesOf, placeName, type Reader } from './reader.ts'

type Props = { listing: Listing; reader: Reader }

/** The bulletins of a place, a kind, an incident or a search: those in force first, then the newest. */
export function PublicList({ listing, reader }: Props) {
  const { locale, t } = reader
  const { address, inForce, rest, next } = listing
  const home = pagesOf(locale)
  const here = { ...address, before: null }
  const isFirst = address.before === null
  const isEmpty = inForce.length + rest.length === 0
  return (
    <PublicFrame
      reader={reader}
      other={`${pagesOf(locale === 'en' ? 'vi' : 'en')}${listQuery(address)}`}
      feed={feedOf(address, reader)}
    >
      <h1 className="title">{listTitle(listing, reader)}</h1>
      <p className="lead">{t('published.description')}</p>
      <FindForm listing={listing} reader={reader} />
      <nav aria-label={t('published.byKind')}>
        <ul className="kinds">
          {[null, ...bulletinKinds].map((kind) => (
            <li key={kind}>
              <a
                href={`${home}${listQuery({ ...here, kind })}`}
                aria-current={kind === address.kind ? 'page' : undefined}
              >
                {kind ? t(`published.kinds.${kind}`) : t('published.all')}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {isEmpty && <p className="lead">{t(listQuery(here) === '' ? 'published.none' : 'published.noneFound')}</p>}
      {inForce.length > 0 && (
        <Bulletins title={t('published.inForce')} bulletins={inForce} listing={listing} reader={reader} />
      )}
      {rest.length > 0 && (
        <Bulletins
          title={t(inForce.length > 0 || !isFirst ? 'published.others' : 'published.latest')}
          bulletins={rest}
          listing={listing}
          reader={reader}
        />
      )}
      <p className="more">
        {!isFirst && <a href={`${home}${listQuery(here)}`}>{t('published.newest')}</a>}
        {next && <a href={`${home}${listQuery({ ...address, before: next })}`}>{t('published.older')}</a>}
      </p>
    </PublicFrame>
  )
}

/** Also the title of the document. */
export function listTitle({ area, inForce, rest, address }: Listing, { t, locale }: Reader): string {
  const incident = address.incident ? (inForce[0] ?? rest[0])?.incident : null
  if (incident) return t.markup('published.ofIncident', plainIncident(incident, locale))
  return area ? t('published.ofArea', { area: listedAreas([area.name], locale) }) : t('published.title')
}

type PartProps = { title: string; bulletins: readonly PublicBulletin[]; listing: Listing; reader: Reader }

function Bulletins({ title, bulletins, listing, reader }: PartProps) {
  const { locale } = reader
  return (
    <section>
      <h2 className="part">{title}</h2>
      <ol className="list">
        {bulletins.map((bulletin) => {
          const text = (locale === 'en' && bulletin.content.en) || bulletin.content.vi
          const lang = text === bulletin.content.en ? 'en' : 'vi'
          const places = bulletin.content.areaIds.flatMap((id) => listing.places.get(id) ?? [])
          return (
            <li key={bulletin.id} className="item">
              <PublicMeta bulletin={bulletin} reader={reader} codes={places.map(({ code }) => code)} />
              <h3 lang={lang}>
                <a href={`${pagesOf(locale)}/${bulletin.slug}`}>{text.title}</a>
              </h3>
              <p lang={lang}>{text.summary}</p>
              <p className="places">
                {placesInWords(
                  places.map(({ name }) => name),
                  reader,
                )}
              </p>
            </li>
          )
        })}
      </ol>
    </section>
  )
}

const mostPlaces = 4

function placesInWords(names: readonly string[], { t, locale }: Reader): string {
  if (names.length === 0) return t('published.wholeCity')
  const shown = names
    .slice(0, mostPlaces)
    .map((name) => placeName(name, locale))
    .join(', ')
  return names.length > mostPlaces ? t('published.andMore', { places: shown, count: names.length - mostPlaces }) : shown
}
