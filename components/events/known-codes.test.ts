import { describe, expect, test } from 'vitest'
import { columnIds } from '#components/reports/queue/columns.ts'
import { messagesOf } from '#messages/catalog.ts'
import { locales } from '#messages/locales.ts'
import { roles } from '#server/accounts/rules/actor.ts'
import { clientPermissions } from '#server/api-clients/rules/api-client.ts'
import { bulkActionSchema } from '#server/bulk/rules/actions.ts'
import { alertEndings } from '#server/bulletins/rules/alert.ts'
import { bulletinKinds } from '#server/bulletins/rules/bulletin.ts'
import { bulletinStates, correctionKinds, publicationKinds } from '#server/bulletins/rules/lifecycle.ts'
import { deliveryChannels, deliveryFailures, deliveryKinds, gatewayKinds } from '#server/deliveries/rules/delivery.ts'
import { bodyFormats } from '#server/deliveries/rules/template.ts'
import { disclosurePurposes } from '#server/disclosures/rules/disclosure.ts'
import { detailFields, machineFields, nestedFields } from '#server/events/rules/detail-fields.ts'
import { eventFamilies } from '#server/events/rules/event-names.ts'
import { incidentKinds } from '#server/incidents/rules/incident.ts'
import { subTypes } from '#server/incidents/rules/sub-types.ts'
import { annotationTags } from '#server/insights/rules/annotation.ts'
import { exportCards } from '#server/insights/rules/board-export.ts'
import { kpiIds } from '#server/insights/rules/definitions.ts'
import { attachments, mailingEditions } from '#server/insights/rules/mailing.ts'
import { escalationSteps } from '#server/notifications/rules/kinds.ts'
import { caseColumns } from '#server/reports/rules/case-export.ts'
import { draftKinds } from '#server/reports/rules/draft-kinds.ts'
import { channels, ratings, rejectReasons, reportStates, severities } from '#server/reports/rules/lifecycle.ts'
import { outcomes } from '#server/reports/rules/outcome.ts'
import { photoKinds, templateUses } from '#server/reports/rules/parts.ts'
import { viewAudiences } from '#server/reports/rules/saved-views.ts'
import { codesIn, type Field, fieldsIn } from './known-codes.ts'

/** The codes that a field may hold. Names, texts and ids are none: the log shows those as they are, or by name. */
const codes: Partial<Record<Field | 'state', readonly string[]>> = {
  state: [...reportStates, ...bulletinStates],
  alertEnding: alertEndings,
  around: ['address', 'network', 'office'],
  attachments,
  audience: viewAudiences,
  by: ['password', 'oidc', 'totp', 'passkey', 'recovery_code'],
  card: exportCards,
  cause: ['calendar', 'storm_mode'],
  channel: channels,
  columns: caseColumns,
  corrected: ['phone', 'email', 'address'],
  correction: correctionKinds,
  decision: eventFamilies.report,
  deed: bulkActionSchema.def.options.flatMap(({ shape }) => shape.name.def.values),
  defaultSeverity: severities,
  edition: mailingEditions,
  fault: ['broken_chain', 'missing_events', 'added_events', 'changed_events'],
  failure: deliveryFailures,
  format: ['csv', 'xlsx', ...bodyFormats],
  hidden: columnIds,
  kind: [
    ...incidentKinds,
    ...photoKinds,
    ...bulletinKinds,
    ...draftKinds,
    'closed',
    'working',
    'answer',
    'rejection',
    ...gatewayKinds,
  ],
  kpi: kpiIds,
  locale: locales,
  outcome: outcomes,
  permissions: clientPermissions,
  publication: publicationKinds,
  purpose: disclosurePurposes,
  rating: ratings,
  reason: rejectReasons,
  role: roles,
  roles,
  secondFactor: ['show', 'enrol'],
  secondFactorRoles: roles,
  severity: severities,
  source: ['staff'],
  status: ['proposed', 'confirmed'],
  step: escalationSteps,
  subTypes,
  tag: annotationTags,
  through: deliveryChannels,
  told: deliveryKinds,
  use: templateUses,
  way: ['totp', 'passkey', 'recovery_code'],
}

describe.for(locales)('the event log in %s', (locale) => {
  const messages = messagesOf(locale)

  test('names every event that the code records, and no other', () => {
    const named = Object.entries(messages.events.names).map(([family, names]) => [family, Object.keys(names).sort()])
    const recorded = Object.entries(eventFamilies).map(([family, names]) => [family, [...names].sort()])
    expect(Object.fromEntries(named)).toEqual(Object.fromEntries(recorded))
  })

  test('names every field of their details, and no other', () => {
    const shown = [...detailFields, ...nestedFields]
    expect(Object.keys(messages.events.fields).sort()).toEqual([...shown].sort())
    const fieldOf = fieldsIn(messages)
    expect(shown.filter((field) => fieldOf(field) === field)).toEqual([])
    expect(machineFields.filter((field) => (shown as readonly string[]).includes(field))).toEqual([])
  })

  test.each(Object.entries(codes))('has words for every code of “%s”', (field, values) => {
    const codeOf = codesIn(messages)
    expect(values.filter((value) => codeOf(field, value) === undefined)).toEqual([])
  })
})

test('a field means what its family means by it', () => {
  const fieldOf = fieldsIn(messagesOf('vi'))
  expect([fieldOf('position'), fieldOf('position', 'account')]).toEqual(['Thứ tự', 'Chức vụ'])
})
