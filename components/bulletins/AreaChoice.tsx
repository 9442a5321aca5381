'use client'

import { useTranslations } from 'next-intl'
import { AreasField } from '#components/areas/AreasField.tsx'
import { Button } from '#components/ui/Button.tsx'
import { CheckField } from '#components/ui/CheckField.tsx'
import { type Proposal, proposalOf } from '#server/bulletins/rules/named-areas.ts'
import type { BulletinContent } from '#server/bulletins/rules/schemas.ts'
import styles from './AreaChoice.module.css'
import { useStreetAreas, useValidAreas } from './use-area-names.ts'

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
  const streetAreas = useStreetAreas(content)
  const proposal = areas && proposalOf(content, { areas, streetAreas: streetAreas ?? [] })
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

function isChosen(proposal: Proposal, { areaIds, wholeCity }: Chosen): boolean {
  if (proposal.wholeCity) return wholeCity === true
  return (
    wholeCity !== true &&
    proposal.areaIds.length === areaIds.length &&
    areaIds.every((id) => proposal.areaIds.includes(id))
  )
}
