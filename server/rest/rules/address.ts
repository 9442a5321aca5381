import { type OperationId, operationIds, operations, restPath } from './operations.ts'

export const isRest = (path: string): boolean => path === restPath || path.startsWith(`${restPath}/`)

type Found = { ids: readonly OperationId[]; parameters: Readonly<Record<string, string>> }

const addresses = Map.groupBy(operationIds, (id) => operations[id].path)

/** The operations at a path with its parameters; null for an unknown path. */
export function operationsAt(path: string): Found | null {
  const parts = path.slice(restPath.length).split('/')
  for (const [form, ids] of addresses) {
    const names = form.split('/')
    if (names.length !== parts.length) continue
    const parameters: Record<string, string> = {}
    const fits = names.every((name, at) => {
      const part = parts[at] as string
      if (!name.startsWith('{')) return name === part
      parameters[name.slice(1, -1)] = decodeURIComponent(part)
      return part !== ''
    })
    if (fits) return { ids, parameters }
  }
  return null
}
