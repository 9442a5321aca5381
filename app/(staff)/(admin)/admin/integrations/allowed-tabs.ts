import { type IntegrationTab, integrationTabNames, integrationTabs } from '#components/integrations/tabs.ts'
import { mayEnter, roomAt } from '#server/accounts/rules/rooms.ts'
import { signedIn } from '#server/trpc/caller.ts'

/** The tabs that the signed-in account may open. Only administrators of the city see gateways. */
export async function allowedTabs(): Promise<IntegrationTab[]> {
  const { session } = await signedIn()
  return integrationTabNames.filter((tab) =>
    mayEnter(session.actor, roomAt(integrationTabs[tab]) ?? '/admin/integrations'),
  )
}
