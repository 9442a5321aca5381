import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { WhatIfScreen } from '#components/insights/what-if/WhatIfScreen.tsx'
import { Page } from '#components/ui/Page.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { holds } from '#server/accounts/rules/actor.ts'
import { parseWhatIf } from '#server/insights/rules/what-if/scenario.ts'
import { caller, enter } from '#server/trpc/caller.ts'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('whatIf')
  return { title: t('title') }
}

export default async function WhatIfPage({ searchParams }: Props) {
  const { session } = await enter()
  const { insights } = await caller()
  const address = parseWhatIf(await searchParams)
  const whatIf = await insights.whatIf({ agency: address.agency })
  const mayChoose = holds(session.actor, 'manager', null) || holds(session.actor, 'approver', null)
  return (
    <ClientMessages domains={[...shellDomains, 'whatIf', 'board', 'reports', 'agencies']}>
      <Page>
        <WhatIfScreen
          key={whatIf.state === 'choose' ? '' : whatIf.agency.id}
          whatIf={whatIf}
          address={address}
          mayChoose={mayChoose}
        />
      </Page>
    </ClientMessages>
  )
}
