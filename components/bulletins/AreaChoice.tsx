'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { AreasField } from '#components/areas/AreasField.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Button } from '#components/ui/Button.tsx'
import { CheckField } from '#components/ui/CheckField.tsx'
import { useSettled } from '#components/ui/use-settled.ts'
import { type Proposal, proposedArea, streetText } from '#server/bulletins/rules/named-areas.ts'
import type { BulletinContent } from '#server/bulletins/rules/schemas.ts'
import styles from './AreaChoice.module.css'
import { useValidAreas } from './use-area-names.ts'

type Chosen = Pick<BulletinContent, 'areaIds' | 'wholeCity'>

type Props = {
  content: Chosen & Pick<BulletinContent, 'vi' | 'en'>
  onChange: (chosen: Chosen) => void
}

/** Where a bulletin applies: communes, or the whole city by a choice of its own. Proposed from its words. */
export function AreaChoice({ content, onChange }: Props) {
  const t = useTranslations('bulletins.fields')
  const areas = useValidAreas()
  const isCity = content.wholeCity === true
  const streets = useStreetAreas(streetText(content))
  const named = areas && proposedArea(content, areas)
  const proposal = named ?? (streets.length > 0 ? { areaIds: [...streets], wholeCity: false } : null)
  const nameOf = (id: number) => areas?.find((area) => area.id === id)?.name ?? String(id)
  return (
    <div className={styles.choice}>
      <AreasField
        value={content.areaIds}
        hint={t('areasHint')}
        onChange={(areaIds) => onChange({ areaIds, wholeCity: isCity && areaIds.length === 0 ? true : undefined })}
      />
      <CheckField
        label={t('wholeCity')}
        hint={t('wholeCityHint')}
        checked={isCity}
        onChange={(wholeCity) => onChange({ areaIds: [], wholeCity: wholeCity || undefined })}
      />
      {proposal && !isChosen(proposal, content) && (
        <p className={styles.proposal}>
          <span>
            {t('proposal', {
              areas: proposal.wholeCity ? t('wholeCity') : proposal.areaIds.map(nameOf).join(', '),
            })}
          </span>
          <Button
            size="small"
            onClick={() => onChange({ areaIds: proposal.areaIds, wholeCity: proposal.wholeCity || undefined })}
          >
            {t('takeProposal')}
          </Button>
        </p>
      )}
    </div>
  )
}

const pause = 400

/** The communes of the streets in a text, once typing has paused. */
function useStreetAreas(text: string): readonly number[] {
  const trpc = useTRPC()
  const settled = useSettled(text.trim(), pause)
  const { data } = useQuery({
    ...trpc.bulletins.streetAreas.queryOptions({ text: settled }, { trpc: { abortOnUnmount: true } }),
    enabled: settled !== '',
    staleTime: 60_000,
  })
  return settled === text.trim() ? (data ?? []) : []
}

function isChosen(proposal: Proposal, { areaIds, wholeCity }: Chosen): boolean {
  if (proposal.wholeCity) return wholeCity === true
  return (
    wholeCity !== true &&
    proposal.areaIds.length === areaIds.length &&
    areaIds.every((id) => proposal.areaIds.includes(id))
  )
}
