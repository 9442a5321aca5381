import { AwaitedKeys } from '#components/keyboard/AwaitedKeys.tsx'
import { TriageShape } from '#components/reports/triage/TriageWaiting.tsx'

export default function TriageLoading() {
  return (
    <>
      <AwaitedKeys scopes={['triage']} />
      <TriageShape />
    </>
  )
}
