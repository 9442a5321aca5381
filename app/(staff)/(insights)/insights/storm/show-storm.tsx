import { StormScreen } from '#components/insights/storm/StormScreen.tsx'
import { Page } from '#components/ui/Page.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import type { IncidentChoice } from '#server/incidents/queries.ts'
import type { Storm } from '#server/insights/rules/board.ts'

type Props = { storm: Storm; choices: readonly IncidentChoice[]; actor: Actor }

/** The storm page with its messages. Its figures are counted before it is sent, so that it arrives with them. */
export function ShowStorm({ storm, choices, actor }: Props) {
  return (
    <ClientMessages domains={[...shellDomains, 'storm', 'board', 'insights', 'reports', 'incidents']}>
      <Page>
        <StormScreen
          key={storm.incident.id}
          first={storm}
          choices={choices}
          mayOpen={mayUse(actor, 'reports.read')}
          mayReadBulletins={mayUse(actor, 'bulletins.read')}
        />
      </Page>
    </ClientMessages>
  )
}
