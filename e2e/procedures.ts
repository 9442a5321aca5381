import type { APIResponse, Page } from '@playwright/test'
import { wire } from '#server/platform/rules/wire.ts'

type Answer<Data> = { status: number; data: Data; refusal: string | undefined }

/** Calls a procedure as the account signed in on this page, past its screens. */
export const askProcedure = async <Data>(page: Page, name: string, input?: unknown): Promise<Answer<Data>> =>
  answerOf(
    await page.request.get(`/api/trpc/${name}?input=${encodeURIComponent(JSON.stringify(wire.serialize(input)))}`),
  )

type Change = {
  input: unknown
  /** The `Origin` it claims; by default that of the shown page. */
  origin?: string
}

/** The same for a mutation. */
export const callProcedure = async <Data>(page: Page, name: string, change: Change): Promise<Answer<Data>> => {
  const headers = { origin: change.origin ?? new URL(page.url()).origin, 'content-type': 'application/json' }
  const data = JSON.stringify(wire.serialize(change.input))
  return answerOf(await page.request.post(`/api/trpc/${name}`, { headers, data }))
}

async function answerOf<Data>(response: APIResponse): Promise<Answer<Data>> {
  const { result, error } = await response.json()
  const refused = error && (wire.deserialize(error) as { data?: { refusal?: { code: string } } })
  return {
    status: response.status(),
    data: (result && wire.deserialize(result.data)) as Data,
    refusal: refused?.data?.refusal?.code,
  }
}
