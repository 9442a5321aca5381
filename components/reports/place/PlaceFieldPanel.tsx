'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { AreaField } from '#components/areas/AreaField.tsx'
import { useAreaOptions } from '#components/areas/use-area-options.ts'
import { MapPicker } from '#components/reports/map/MapPicker.tsx'
import { Button } from '#components/ui/Button.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { SuggestInput } from '#components/ui/SuggestInput.tsx'
import { completedAddress, placeMeant } from '#server/places/rules/meant.ts'
import type { FoundPlace } from '#server/places/rules/place.ts'
import styles from './PlaceField.module.css'
import type { PlaceFieldProps, PlaceValue } from './PlaceField.tsx'
import { usePlaceWords } from './use-place-words.ts'
import { usePlaceAt, usePlaces } from './use-places.ts'
import { Warning } from './Warning.tsx'

export function PlaceFieldPanel({ label, error, value, onChange, state, stored, autoFocus = false }: PlaceFieldProps) {
  const t = useTranslations('places')
  const { noteOf, nameOf, atWords } = usePlaceWords()
  const { address, point } = value
  const [showsMap, setShowsMap] = useState(point !== null || stored !== undefined)
  /** The address whose place was set or declined, which is not proposed again; null until one is typed. */
  const [settledFor, setSettledFor] = useState<string | null>(point === null ? null : address)
  /** The place that the point was set to, while it stays there. */
  const [chosen, setChosen] = useState<FoundPlace | null>(null)
  const isTyped = address !== settledFor
  const { found, isSettled } = usePlaces(address, { areaId: value.areaId, isOn: isTyped })
  const at = usePlaceAt(point)
  const area = useAreaChoice({ value, stored, below: at?.area ?? null })

  const take = (place: FoundPlace) => {
    const next = completedAddress(address, place.label)
    setSettledFor(next)
    setChosen(place)
    setShowsMap(true)
    onChange({ address: next, point: { lon: place.lon, lat: place.lat }, areaId: place.areaId })
  }
  const movePin = (next: PlaceValue['point']) => {
    setChosen(null)
    onChange({ point: next })
  }
  const likely = isTyped && isSettled ? placeMeant(found) : null
  const meant = likely && isSamePoint(likely, point) ? null : likely
  const isThere = chosen !== null && isSamePoint(chosen, point)
  return (
    <div className={styles.place}>
      <FormField label={label} error={error}>
        {(field) => (
          <SuggestInput
            field={field}
            value={address}
            maxLength={500}
            autoFocus={autoFocus}
            onType={(text) => onChange({ address: text })}
            options={isTyped ? found.map((place) => ({ id: place.id, label: place.label, note: noteOf(place) })) : []}
            onChoose={(id) => {
              const place = found.find((each) => each.id === id)
              if (place) take(place)
            }}
          />
        )}
      </FormField>
      {/* Always there, so that nothing below moves when a proposal comes while the field is being left. */}
      <div className={styles.line} role="status">
        {meant ? (
          <>
            <span className={styles.words}>
              {t('ask', { place: nameOf(meant), how: t(`precisions.${meant.precision}`) })}
            </span>
            <Button size="small" onClick={() => take(meant)}>
              {t('set')}
            </Button>
          </>
        ) : (
          <span className={styles.words}>
            {isThere
              ? t('found', { place: nameOf(chosen), how: t(`precisions.${chosen.precision}`) })
              : isTyped && isSettled && address.trim() !== ''
                ? t(found.length > 0 ? 'several' : 'unknown')
                : t('hint')}
          </span>
        )}
      </div>
      {showsMap ? (
        <MapPicker point={point} state={state} onChange={movePin} words={at && atWords(at)} />
      ) : (
        <Button size="small" className={styles.start ?? ''} onClick={() => setShowsMap(true)}>
          {t('showMap')}
        </Button>
      )}
      <AreaField
        value={area.shown}
        onChange={(areaId) => onChange({ areaId })}
        hint={area.follows ? t('follows') : undefined}
      />
      <AreaNotice area={area} onTake={() => onChange({ areaId: area.below?.id ?? null })} />
    </div>
  )
}

type Point = { lon: number; lat: number }
const isSamePoint = (one: Point, other: Point | null): boolean => one.lon === other?.lon && one.lat === other.lat

type AreaChoice = ReturnType<typeof useAreaChoice>

/** The commune that counts, and the one that the point lies in. */
function useAreaChoice({
  value,
  stored,
  below,
}: Pick<PlaceFieldProps, 'value' | 'stored'> & { below: { id: number; name: string } | null }) {
  const options = useAreaOptions()
  const { point, areaId } = value
  const isMoved = point !== null && (point.lon !== stored?.point?.lon || point.lat !== stored?.point?.lat)
  const own = areaId ?? (isMoved ? null : (stored?.areaId ?? null))
  const nameOf = (id: number) => options?.find((option) => option.id === String(id))?.label ?? ''
  return {
    shown: own ?? below?.id ?? null,
    follows: own === null && below !== null,
    below,
    disagrees: own !== null && below !== null && own !== below.id,
    name: own === null ? '' : nameOf(own),
  }
}

/** Where point and chosen commune disagree: which is right, decided by one press, now or never. */
function AreaNotice({ area, onTake }: { area: AreaChoice; onTake: () => void }) {
  const t = useTranslations('places')
  const pair = `${area.shown} ${area.below?.id}`
  const [kept, setKept] = useState<string | null>(null)
  if (!area.disagrees || !area.below) return null
  const words = { point: area.below.name, chosen: area.name }
  if (kept === pair) return <p className={styles.kept}>{t('kept', words)}</p>
  return (
    <Warning words={t('disagree', words)}>
      <Button size="small" onClick={onTake}>
        {t('takeOfPoint')}
      </Button>
      <Button size="small" onClick={() => setKept(pair)}>
        {t('keepChosen')}
      </Button>
    </Warning>
  )
}
