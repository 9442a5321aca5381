import { z } from 'zod'
import { type Actor, holds, holdsAnywhere, type Role } from '#server/accounts/rules/actor.ts'
import { normalise, oneLine } from '#server/platform/rules/text.ts'

export const viewAudiences = ['mine', 'agency', 'role'] as const
export type ViewAudience = (typeof viewAudiences)[number]

/** The maximum number of pinned views: each is recounted when something happens. */
export const mostPins = 12

/** Columns and density as they were when the view was saved; a reader's own choice takes precedence. */
const savedLayout = z.object({
  order: z.array(z.string().max(40)).max(40),
  /** Null: the usual ones, as far as the list has space for them. */
  hidden: z.array(z.string().max(40)).max(40).nullable(),
  widths: z.record(z.string().max(40), z.number().int().min(40).max(1200)),
})
export type SavedLayout = z.output<typeof savedLayout>

/** The roles that work in the queue: a view may be shared with one of them. */
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

/** `version` 0: a new one, under an id made by the screen, so that a repeated request does not make two. */
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
 * Those who lead the work of an agency may share a view with it; only those who lead the city's may share it with all
 * holders of a role.
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

/** The owner, and those who could have shared it, may change or remove it. A private one only its owner. */
export function mayChangeView(actor: Actor, view: Shared & { ownerId: string }): boolean {
  return view.ownerId === actor.id || (view.audience !== 'mine' && mayShare(actor, view))
}

/** Whether the view is available to the account; `isBelow`: one of its agencies is that of the view, or below it. */
export function seesView(actor: Actor, view: Shared & { ownerId: string }, isBelow: boolean): boolean {
  if (view.ownerId === actor.id) return true
  if (view.audience === 'agency') return isBelow
  return view.audience === 'role' && view.role !== null && holdsAnywhere(actor, view.role)
}
