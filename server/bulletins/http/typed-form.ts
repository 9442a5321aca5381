import { readWebForm } from '#server/endpoints/multipart.ts'
import { DomainError } from '#server/platform/errors.ts'
import { requestLimits } from '#server/platform/rules/limits.ts'
import { httpStatusOf } from '#server/procedures/refusals.ts'

const { bodyBytes } = requestLimits
const limits = { bytes: bodyBytes, textBytes: bodyBytes, parts: 8, photos: 0 }

/** The fields of a text that is being typed, or the status that refuses them. */
export async function typedForm(request: Request): Promise<URLSearchParams | number> {
  try {
    return (await readWebForm(request, limits)).fields
  } catch (error) {
    if (error instanceof DomainError) return httpStatusOf(error.code)
    throw error
  }
}
