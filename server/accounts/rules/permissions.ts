import { type Actor, holds, holdsAnywhere, type Role } from './actor.ts'

/**
 * The permission that a procedure checks first: the roles of which the account must hold one anywhere. Over which
 * agency it must hold it is checked where the change happens. An empty list: any signed-in account.
 */
export const permissions = {
  'session.own': [],
  'reports.read': ['dispatcher', 'officer', 'approver', 'manager', 'auditor'],
  'reports.handle': ['dispatcher', 'officer', 'approver'],
  'reports.receive': ['dispatcher', 'officer', 'approver'],
  'reporters.reveal': ['dispatcher', 'officer', 'approver', 'auditor'],
  'publication.review': ['dispatcher', 'approver'],
  'citizen_links.give': ['dispatcher'],
  'deliveries.handle': ['dispatcher'],
  'incidents.read': ['dispatcher', 'officer', 'approver', 'manager', 'auditor', 'editor', 'chief_editor', 'admin'],
  'incidents.edit': ['dispatcher'],
  'incidents.note': ['dispatcher', 'officer', 'approver', 'editor', 'chief_editor'],
  'incidents.answer': ['officer', 'approver'],
  'incidents.notify': ['dispatcher'],
  'bulletins.read': ['editor', 'chief_editor', 'manager', 'auditor', 'admin', 'dispatcher'],
  'bulletins.write': ['editor', 'chief_editor'],
  'bulletins.review': ['chief_editor'],
  'bulletins.publish': ['chief_editor'],
  'bulletins.publish_unreviewed': ['urgent_publisher'],
  'insights.read': ['dispatcher', 'officer', 'approver', 'manager', 'auditor'],
  'insights.annotate': ['manager'],
  'insights.targets': ['manager', 'admin'],
  'insights.mail': ['manager'],
  // The head of an agency, and managers above it.
  'insights.today': ['approver', 'manager'],
  // To act on a risk: managers on the agencies they lead, heads of agencies on those below their own.
  'insights.remind': ['approver', 'manager'],
  'insights.ask_explanation': ['approver', 'manager'],
  'insights.give_explanation': ['approver'],
  'insights.what_if': ['approver', 'manager'],
  'accounts.edit': ['admin'],
  'agencies.edit': ['admin'],
  'categories.edit': ['admin'],
  'calendars.edit': ['admin'],
  'templates.edit': ['admin'],
  'settings.edit': ['admin'],
  'jobs.retry': ['admin'],
  'integrations.edit': ['admin'],
  'gateways.edit': ['admin'],
  'events.read': ['admin', 'auditor'],
  // Administrators are among those who are audited: they do not read it.
  'disclosures.read': ['auditor'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof permissions
export const permissionNames = Object.keys(permissions) as Permission[]

/** Permissions that concern the whole city and no agency in particular: the role must be city-wide. */
const cityWide: ReadonlySet<Permission> = new Set([
  'incidents.edit',
  'incidents.notify',
  'bulletins.write',
  'bulletins.review',
  'bulletins.publish',
  'bulletins.publish_unreviewed',
  'agencies.edit',
  'categories.edit',
  'calendars.edit',
  'templates.edit',
  'settings.edit',
  'jobs.retry',
  'gateways.edit',
])

/** Whether the actor may call a procedure that requires this permission. */
export function mayUse(actor: Actor, permission: Permission): boolean {
  const needed: readonly Role[] = permissions[permission]
  const isHeld = (role: Role) => (cityWide.has(permission) ? holds(actor, role, null) : holdsAnywhere(actor, role))
  return actor.kind === 'staff' && (needed.length === 0 || needed.some(isHeld))
}
