import { randomUUID } from 'node:crypto'
import { TRPCError } from '@trpc/server'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { test } from '#db/testing.ts'
import { type Actor, roles } from '#server/accounts/rules/actor.ts'
import { mayUse, type Permission, permissionNames } from '#server/accounts/rules/permissions.ts'
import { DomainError } from '#server/platform/errors.ts'
import { createCallerFactory } from '../procedures/init.ts'
import { appRouter } from './root.ts'

/** Procedures without a sign-in; all others require a permission. */
const open = ['accounts.signInWays', 'accounts.passwordLink', 'accounts.setPassword']

type Procedure = { _def: { type: string; meta?: { permission?: Permission } } }
const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>)
const guarded = procedures.filter(([path]) => !open.includes(path))
const now = new Date('2026-03-02T02:00:00Z')

/** Calls a procedure without input: permissions are checked before the input. */
async function knock(db: Database, path: string, actor: Actor | null, more: object = {}): Promise<string> {
  const session = actor && { id: randomUUID(), accountId: actor.id ?? '', actor, lastSeenAt: now }
  const context = { db, now: () => now, requestId: 'request-1', ip: null, session, ...more }
  const caller = createCallerFactory(appRouter)(context)
  try {
    const procedure = path.split('.').reduce((at, name) => (at as Record<string, unknown>)[name], caller as unknown)
    await (procedure as () => Promise<unknown>)()
    return 'through'
  } catch (error) {
    return error instanceof TRPCError && error.cause instanceof DomainError ? error.cause.code : 'through'
  }
}

describe('every procedure', () => {
  test('names an existing permission, unless it needs no sign-in', () => {
    const nameless = procedures.filter(([, { _def }]) => !permissionNames.includes(_def.meta?.permission as Permission))
    expect(nameless.map(([path]) => path).sort()).toEqual(open.sort())
  })

  test('refuses users who are not signed in', async ({ db }) => {
    for (const [path] of guarded) expect([path, await knock(db, path, null)]).toEqual([path, 'signed_out'])
  })

  test.for([
    ['show', ['secondFactor.step', 'secondFactor.askForPasskey', 'secondFactor.show']],
    [
      'enrol',
      [
        'secondFactor.step',
        'secondFactor.askForPasskey',
        'secondFactor.show',
        'secondFactor.beginTotp',
        'secondFactor.finishTotp',
        'secondFactor.beginPasskey',
        'secondFactor.addPasskey',
        'me.confirmIdentity',
      ],
    ],
  ] as const)(
    'turns away a sign-in that still has a second factor to %s, but for the step that does it',
    async ([step, reachable], { db }) => {
      const actor = await buildActor(db, [...roles])
      const pending = { id: randomUUID(), accountId: actor.id, actor, lastSeenAt: now, step }
      for (const [path] of guarded) {
        const answer = await knock(db, path, null, { pending, sessionRefusal: 'second_factor_needed' })
        expect([path, answer === 'second_factor_needed']).toEqual([
          path,
          !(reachable as readonly string[]).includes(path),
        ])
      }
    },
  )

  test.for(roles)('refuses a %s without the required permission', async (role, { db }) => {
    const actor = await buildActor(db, role)
    for (const [path, { _def }] of guarded) {
      if (_def.meta?.permission && !mayUse(actor, _def.meta.permission)) {
        expect([path, await knock(db, path, actor)]).toEqual([path, 'forbidden'])
      }
    }
  })
})
