import { z } from 'zod'
import type { AccountRow } from '#server/accounts/queries/accounts.ts'
import type { RoleAt } from '#server/accounts/rules/policy.ts'
import { type CreateAccount, createAccountInput } from '#server/accounts/rules/schemas.ts'

export type AccountValues = {
  username: string
  name: string
  position: string
  email: string
  agencyId: string
  roles: { role: RoleAt['role']; agencyId: string }[]
}

const empty: AccountValues = { username: '', name: '', position: '', email: '', agencyId: '', roles: [] }

export function valuesOf(account: AccountRow | null): AccountValues {
  if (!account) return empty
  const { username, name, position, email, agency, roles } = account
  return {
    username,
    name,
    position,
    email: email ?? '',
    agencyId: agency.id,
    roles: roles.map(({ role, agencyId }) => ({ role, agencyId })),
  }
}

type AccountProblem = 'username_pattern' | 'required' | 'email' | 'agencyId' | 'role_twice'
export type AccountProblems = Partial<Record<keyof AccountValues, AccountProblem>>

/** An existing account may have a name that no new one may take: its name is not validated again. */
const editSchema = createAccountInput.extend({ username: z.string() })

/** Validates by the server's own schema: the data, or the problems by field. */
export function judge(values: AccountValues, isNew: boolean): { data: CreateAccount } | { problems: AccountProblems } {
  const { data, error } = (isNew ? createAccountInput : editSchema).safeParse(values)
  if (data) return { data }
  const words: Record<keyof AccountValues, AccountProblem> = {
    username: 'username_pattern',
    name: 'required',
    position: 'required',
    email: 'email',
    agencyId: 'agencyId',
    roles: error.issues.some(({ message }) => message === 'role_twice') ? 'role_twice' : 'agencyId',
  }
  const fields = error.issues.map(({ path }) => path[0] as keyof AccountValues)
  return { problems: Object.fromEntries(fields.map((field) => [field, words[field]])) }
}

type Grants = readonly { role: string; agencyId: string }[]

export function sameRoles(one: Grants, other: Grants): boolean {
  const written = (roles: Grants) => JSON.stringify(roles.map(({ role, agencyId }) => `${role} ${agencyId}`).sort())
  return written(one) === written(other)
}
