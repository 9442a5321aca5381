import { TriageShape } from '#components/reports/triage/TriageWaiting.tsx'

export default function TriageLoading() {
  return <TriageShape />
}
