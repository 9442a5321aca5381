import { z } from 'zod'
import { type Actor, holds, holdsAnywhere, type Role } from '#server/accounts/rules/actor.ts'
import { normalise, oneLine } from '#server/platform/rules/text.ts'

export const viewAudiences = ['mine', 'agency', 'role'] as const
export type ViewAudience = (typeof viewAudiences)[number]

/** So many stand at the side of the queue at once: each is counted anew when something happens. */
export const mostPins = 12

/** Columns and density as they were when the view was saved; a reader's own choice comes before them. */
const savedLayout = z.object({
  order: z.array(z.string().max(40)).max(40),
  hidden: z.array(z.string().max(40)).max(40),
  widths: z.record(z.string().max(40), z.number().int().min(40).max(1200)),
})
export type SavedLayout = z.output<typeof savedLayout>

/** The roles that work in the queue: a view is for one of them, or for nobody's role in particular. */
export const viewRoles = ['dispatcher', 'officer', 'approver', 'manager', 'auditor'] as const satisfies readonly Role[]
export type ViewRole = (typeof viewRoles)[number]

const fields = {
  name: z
    .string()
    .transform((name) => oneLine(normalise(name)))
    .pipe(z.string().min(1, 'required').max(60, 'too_long')),
  audience: z.enum(viewAudiences),
  agencyId: z.string().max(60).nullable(),
  role: z.enum(viewRoles).nullable(),
  address: z.string().min(1).max(4000),
  layout: savedLayout.nullable(),
}

/** `version` 0: a new one, under the id that the screen made, so that asking twice does not make two. */
export const saveViewInput = z
  .object({ id: z.uuid(), version: z.number().int().nonnegative(), ...fields })
  .refine(({ audience, agencyId }) => audience !== 'agency' || agencyId !== null, {
    message: 'required',
    path: ['agencyId'],
  })
  .refine(({ audience, role }) => audience !== 'role' || role !== null, { message: 'required', path: ['role'] })
  .transform((view) => ({
    ...view,
    agencyId: view.audience === 'agency' ? view.agencyId : null,
    role: view.audience === 'role' ? view.role : null,
  }))
export type SaveView = z.output<typeof saveViewInput>

export const savedViewRef = z.object({ id: z.uuid(), version: z.number().int().positive() })
export const pinsInput = z.object({ ids: z.array(z.uuid()).max(mostPins) })

type Shared = { audience: ViewAudience; agencyId: string | null; role: Role | null }

/**
 * Those who lead the work of an agency may share a view with it; with all who hold a role, only who does so for the
 * city.
 */
export function mayShare(actor: Actor, { audience, agencyId, role }: Shared): boolean {
  switch (audience) {
    case 'mine':
      return true
    case 'agency':
      return agencyId !== null && sharers.some((each) => holds(actor, each, agencyId))
    case 'role':
      return role !== null && sharers.some((each) => holds(actor, each, null))
  }
}

const sharers = ['dispatcher', 'approver', 'manager', 'admin'] as const satisfies readonly Role[]

/** The owner, and whoever might have shared it, may change or remove it. A private one is its owner's alone. */
export function mayChangeView(actor: Actor, view: Shared & { ownerId: string }): boolean {
  return view.ownerId === actor.id || (view.audience !== 'mine' && mayShare(actor, view))
}

/**
 * Whether the account finds the view among its own; `isBelow`: one of its agencies is that of the view, or stands below
 * it.
 */
export function seesView(actor: Actor, view: Shared & { ownerId: string }, isBelow: boolean): boolean {
  if (view.ownerId === actor.id) return true
  if (view.audience === 'agency') return isBelow
  return view.audience === 'role' && view.role !== null && holdsAnywhere(actor, view.role)
}
