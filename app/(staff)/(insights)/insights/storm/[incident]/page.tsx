import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { StormScreen } from '#components/insights/storm/StormScreen.tsx'
import { Page } from '#components/ui/Page.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { caller, pageContext } from '#server/trpc/caller.ts'
import { stormOf } from '../../../../../storm-of.ts'

type Props = { params: Promise<{ incident: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations('storm')
  const storm = await stormOf((await params).incident)
  return { title: storm ? t('title', { name: storm.incident.name }) : t('back') }
}

/** The page of a storm: its figures are counted before it is sent, so that they are there with it. */
export default async function StormPage({ params }: Props) {
  const [{ session }, { incident }] = await Promise.all([pageContext(), params])
  // The layout above sends a stranger to the sign-in page.
  if (!session) return null
  const storm = await stormOf(incident)
  if (!storm) notFound()
  const { incidents } = await caller()
  return (
    <ClientMessages domains={[...shellDomains, 'storm', 'board', 'insights', 'reports', 'incidents']}>
      <Page>
        <StormScreen
          first={storm}
          choices={await incidents.choices()}
          mayOpen={mayUse(session.actor, 'reports.read')}
          mayReadBulletins={mayUse(session.actor, 'bulletins.read')}
        />
      </Page>
    </ClientMessages>
  )
}
