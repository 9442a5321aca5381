export const roles = [
  'dispatcher',
  'officer',
  'approver',
  'editor',
  'chief_editor',
  'urgent_publisher',
  'manager',
  'admin',
  'auditor',
] as const
export type Role = (typeof roles)[number]

export const isRole = (name: string): name is Role => (roles as readonly string[]).includes(name)

/** One role of an account within an agency; `agencyIds` holds that agency and all below it. */
export type Grant = {
  role: Role
  agencyId: string
  agencyIds: readonly string[]
  cityWide: boolean
  /** The colleague for whom the account acts in this role; absent for its own role. */
  substituteFor?: { id: string; name: string } | null
}

/**
 * The originator of a change. `robot` is the system itself, `import` an import, `api_client` a program of another
 * system, `citizen` the sender of a report by its citizen link.
 */
export type Actor = {
  kind: 'staff' | 'robot' | 'import' | 'api_client' | 'citizen'
  id: string | null
  name: string
  grants: readonly Grant[]
  /** The colleague on whose behalf it acts, as substitute: see `capacitiesOf`. */
  onBehalfOf?: string | null
  /** The one report on which it acts as the reporter: a citizen by the link, or a program on the citizen's behalf. */
  reportId?: number
}

export const robot: Actor = { kind: 'robot', id: null, name: 'robot', grants: [] }
export const importer: Actor = { kind: 'import', id: null, name: 'import', grants: [] }
/** The reporter, identified only by possession of a citizen link. */
export const citizenOf = (reportId: number): Actor => ({
  kind: 'citizen',
  id: null,
  name: 'citizen',
  grants: [],
  reportId,
})
/** A program that forwards what the reporter of one report says. The caller must check that the program sent it. */
export const onCitizensBehalf = (client: Actor, reportId: number): Actor => ({ ...client, reportId })

/** Whether the actor acts as the reporter of a report; its scope says of which one. */
export const isReporter = ({ reportId }: Pick<Actor, 'reportId'>): boolean => reportId !== undefined

/** Whether the actor holds the role over this agency. A report of no agency belongs to city-wide roles only. */
export function holds(actor: Actor, role: Role, agencyId: string | null): boolean {
  return actor.grants.some(
    (grant) => grant.role === role && (grant.cityWide || (agencyId !== null && grant.agencyIds.includes(agencyId))),
  )
}

/** Whether the actor holds the role anywhere at all. */
export function holdsAnywhere(actor: Actor, role: Role): boolean {
  return actor.grants.some((grant) => grant.role === role)
}
