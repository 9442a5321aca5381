import type { StandingAlert } from '#server/bulletins/rules/alert-consequence.ts'
import { checkBulletin, type Finding } from '#server/bulletins/rules/checklist.ts'
import { cleaningFindings } from '#server/bulletins/rules/cleaning.ts'
import { correctionFindings } from '#server/bulletins/rules/correction-findings.ts'
import type { CorrectionKind } from '#server/bulletins/rules/lifecycle.ts'
import type { NamedArea } from '#server/bulletins/rules/named-areas.ts'
import type { BulletinContent } from '#server/bulletins/rules/schemas.ts'

type Outlook = {
  sendAt: Date
  isExercise: boolean
  standing: StandingAlert
  published: BulletinContent | null
  correction: CorrectionKind | null
  /** The communes of today; undefined until they are known. */
  areas: readonly NamedArea[] | undefined
  /** The communes of the streets in title and lead; undefined until they are known. */
  streetAreas: readonly number[] | undefined
}

/** Placeholder polygon for the city: the server knows the polygons of communes and checks them before publication. */
const somewhere = [
  [
    [105.8, 21],
    [105.9, 21],
    [105.9, 21.1],
    [105.8, 21],
  ],
] satisfies [number, number][][]

/** The checklist computed while typing, without a query to the server. */
export function findingsOf(content: BulletinContent, outlook: Outlook): Finding[] {
  const { sendAt, isExercise, standing, published, correction, areas = [], streetAreas = [] } = outlook
  const status = isExercise ? ('Exercise' as const) : ('Actual' as const)
  const findings = checkBulletin(content, {
    sendAt,
    standing,
    areas,
    streetAreas,
    alert: content.alert && { rings: somewhere, follows: null, status, isLive: !isExercise },
  })
  if (published && correction === 'personal_data')
    findings.push(...cleaningFindings(content, published, standing, sendAt))
  const places = areas.map(({ shortName }) => shortName)
  return [...findings, ...correctionFindings(content, published, places, correction)]
}
