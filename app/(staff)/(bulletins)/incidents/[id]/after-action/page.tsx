import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { AfterAction } from '#components/incidents/AfterAction.tsx'
import { Page } from '#components/ui/Page.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { nameIn } from '#server/platform/rules/filters/things.ts'
import { caller, enter } from '#server/trpc/caller.ts'
import { incidentOf } from '../incident-of.ts'

type Props = { params: Promise<{ id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations('incidents.after')
  return { title: `${t('title')}: ${nameIn(await incidentOf((await params).id), (await getLocale()) === 'en')}` }
}

export default async function AfterActionPage({ params }: Props) {
  await enter()
  const incident = await incidentOf((await params).id)
  const procedures = await caller()
  const [came, { permissions }] = await Promise.all([procedures.afterAction.report(incident.id), procedures.me.view()])
  return (
    <ClientMessages domains={[...shellDomains, 'incidents', 'matching', 'areas', 'reports', 'bulk']}>
      <Page>
        <AfterAction came={came} mayRead={permissions.includes('reports.read')} />
      </Page>
    </ClientMessages>
  )
}
